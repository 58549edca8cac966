// Passkeys: sign in, confirm, add. Buttons carry data-passkey="login", "confirm" or "add" and name
// their form; options come from the page (json_script) or, to sign in, from the form's address.

const bytes = (text) => {
  const plain = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(plain, (letter) => letter.charCodeAt(0)).buffer;
};

const text = (buffer) =>
  buffer &&
  btoa(String.fromCharCode(...new Uint8Array(buffer)))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replaceAll("=", "");

const withBytes = (list) => (list || []).map((entry) => ({ ...entry, id: bytes(entry.id) }));

function forBrowser(options) {
  const ready = { ...options, challenge: bytes(options.challenge) };
  if (options.user) ready.user = { ...options.user, id: bytes(options.user.id) };
  if (options.excludeCredentials) ready.excludeCredentials = withBytes(options.excludeCredentials);
  if (options.allowCredentials) ready.allowCredentials = withBytes(options.allowCredentials);
  return ready;
}

function forServer(credential) {
  const from = credential.response;
  const response = { clientDataJSON: text(from.clientDataJSON) };
  if (from.attestationObject) {
    response.attestationObject = text(from.attestationObject);
    response.transports = from.getTransports ? from.getTransports() : [];
  } else {
    response.authenticatorData = text(from.authenticatorData);
    response.signature = text(from.signature);
    response.userHandle = text(from.userHandle) || null;
  }
  return {
    type: credential.type,
    id: credential.id,
    rawId: text(credential.rawId),
    authenticatorAttachment: credential.authenticatorAttachment,
    response,
    clientExtensionResults: credential.getClientExtensionResults(),
  };
}

async function options(button, form) {
  if (button.dataset.passkey === "login") {
    const answer = await fetch(form.action, { headers: { Accept: "application/json" } });
    if (!answer.ok) throw new Error("no options");
    return (await answer.json()).request_options.publicKey;
  }
  const data = JSON.parse(document.getElementById("js_data").textContent);
  return (data.creation_options || data.request_options).publicKey;
}

async function ask(button, form) {
  const publicKey = forBrowser(await options(button, form));
  if (button.dataset.passkey !== "add") return navigator.credentials.get({ publicKey });
  const passwordless = form.elements.passwordless;
  if (passwordless) {
    publicKey.authenticatorSelection = {
      ...publicKey.authenticatorSelection,
      residentKey: passwordless.checked ? "required" : "discouraged",
      requireResidentKey: passwordless.checked,
      userVerification: passwordless.checked ? "required" : "preferred",
    };
  }
  return navigator.credentials.create({ publicKey });
}

for (const button of document.querySelectorAll("[data-passkey]")) {
  const form = document.getElementById(button.dataset.form);
  const said = document.getElementById(`${button.id}-said`);
  if (!window.PublicKeyCredential) continue;
  button.hidden = false;
  button.addEventListener("click", async () => {
    said.hidden = true;
    button.disabled = true;
    try {
      form.elements.credential.value = JSON.stringify(forServer(await ask(button, form)));
      form.submit();
    } catch {
      said.hidden = false;
      button.disabled = false;
    }
  });
}

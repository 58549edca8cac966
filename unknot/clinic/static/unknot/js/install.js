// Registers the service worker and asks it to keep today's visits. What is not this person's it wipes
// by itself, as soon as the server names another account or nobody.

import { account } from "./outbox.js";

// The one address a worker may be loaded from; the browser holds us to it (Trusted Types).
function address() {
  if (!window.trustedTypes) return "/worker.js";
  const policy = trustedTypes.createPolicy("unknot-worker", {
    createScriptURL: (url) => {
      if (url !== "/worker.js") throw new TypeError("only our own worker");
      return url;
    },
  });
  return policy.createScriptURL("/worker.js");
}

async function install() {
  const registration = await navigator.serviceWorker.register(address(), { scope: "/" });
  const worker = registration.active || (await navigator.serviceWorker.ready).active;
  if (account && location.pathname === "/today/") worker.postMessage({ kind: "day", account });
}

if ("serviceWorker" in navigator) install().catch(() => {});

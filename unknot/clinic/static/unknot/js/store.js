// What this device keeps until the server has it: an object store of the browser, or, where the
// browser keeps nothing (a private window), memory, which the page says.

const NAME = "unknot";
const VERSION = 1;

const done = (request) =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });

function opened() {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(NAME, VERSION);
    request.onupgradeneeded = () => {
      const db = request.result;
      db.createObjectStore("entries", { keyPath: "n", autoIncrement: true });
      db.createObjectStore("drafts", { keyPath: "id" });
      db.createObjectStore("facts", { keyPath: "id" });
    };
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
    request.onblocked = () => reject(new Error("blocked"));
  });
}

// In memory: the same five verbs, gone with the page.
function memory() {
  const stores = { entries: new Map(), drafts: new Map(), facts: new Map() };
  let last = 0;
  return {
    durable: false,
    async put(store, row) {
      if (store === "entries" && !row.n) row.n = ++last;
      stores[store].set(row.n ?? row.id, row);
      return row.n ?? row.id;
    },
    get: async (store, key) => stores[store].get(key),
    all: async (store) => [...stores[store].values()],
    remove: async (store, key) => void stores[store].delete(key),
    change: async (store, key, edit) => {
      const row = stores[store].get(key);
      const next = row && edit({ ...row });
      if (next) stores[store].set(key, next);
      return next;
    },
  };
}

function onDevice(db) {
  const store = (name, mode = "readonly") =>
    db.transaction(name, mode, { durability: "strict" }).objectStore(name);
  // A write counts only when its whole transaction is on the disk.
  const write = (name, act) =>
    new Promise((resolve, reject) => {
      const transaction = db.transaction(name, "readwrite", { durability: "strict" });
      const result = { value: undefined };
      transaction.oncomplete = () => resolve(result.value);
      transaction.onerror = transaction.onabort = () => reject(transaction.error);
      act(transaction.objectStore(name), result);
    });
  return {
    durable: true,
    put: (name, row) =>
      write(name, (rows, result) => {
        const request = rows.put(row);
        request.onsuccess = () => (result.value = request.result);
      }),
    get: (name, key) => done(store(name).get(key)),
    all: (name) => done(store(name).getAll()),
    remove: (name, key) => write(name, (rows) => void rows.delete(key)),
    // Reads and writes in one transaction; `edit` gives the new row, or nothing to leave it.
    change: (name, key, edit) =>
      write(name, (rows, result) => {
        const request = rows.get(key);
        request.onsuccess = () => {
          const next = request.result && edit(request.result);
          if (next) rows.put(next);
          result.value = next;
        };
      }),
  };
}

const AT_LATEST_MS = 4000;

// A store that does not open, or not in time, is none.
async function choose() {
  const late = new Promise((_, refuse) => setTimeout(() => refuse(new Error("too slow")), AT_LATEST_MS));
  try {
    return onDevice(await Promise.race([opened(), late]));
  } catch {
    return memory();
  }
}

export const store = choose();

export const newKey = () =>
  crypto.randomUUID
    ? crypto.randomUUID()
    : Array.from(crypto.getRandomValues(new Uint8Array(16)), (b) => b.toString(16).padStart(2, "0")).join("");

// A name of this device's own, made once; it says which entries come from the same pair of hands.
export const device = store.then(async (kept) => {
  const known = await kept.get("facts", "device");
  if (known) return known.value;
  const made = { id: "device", value: newKey() };
  await kept.put("facts", made);
  return made.value;
});

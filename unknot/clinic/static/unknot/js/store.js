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

// Where the device refuses a write (its disk is full, the browser closed its store), the row is held
// in memory before what is stored: what was entered still goes out as long as the page is open.
function withMemory(disk) {
  const stores = ["entries", "drafts", "facts"];
  const held = Object.fromEntries(stores.map((name) => [name, new Map()]));
  const gone = Object.fromEntries(stores.map((name) => [name, new Set()])); // still there, on the disk
  let last = 2 ** 52; // numbers after any the disk has given
  const tried = async (act, otherwise) => {
    try {
      return await act();
    } catch {
      return otherwise();
    }
  };
  const hold = (name, row) => {
    if (name === "entries" && !row.n) row.n = ++last;
    held[name].set(row.n ?? row.id, row);
    return row.n ?? row.id;
  };
  return {
    get durable() {
      return stores.every((name) => !held[name].size);
    },
    // Behind a row that is held, the next one is held too: they go out in order.
    put: (name, row) =>
      name === "entries" && held.entries.size ? hold(name, row) : tried(() => disk.put(name, row), () => hold(name, row)),
    async get(name, key) {
      if (gone[name].has(key)) return undefined;
      return held[name].get(key) ?? tried(() => disk.get(name, key), () => undefined);
    },
    async all(name) {
      const stored = await tried(() => disk.all(name), () => []);
      const left = stored.filter((row) => !gone[name].has(row.n ?? row.id) && !held[name].has(row.n ?? row.id));
      return [...left, ...held[name].values()];
    },
    async remove(name, key) {
      held[name].delete(key);
      await tried(() => disk.remove(name, key), () => void gone[name].add(key));
    },
    async change(name, key, edit) {
      const known = held[name].get(key);
      if (known || gone[name].has(key)) return edited(name, known, edit);
      const row = async () => (await this.all(name)).find((one) => (one.n ?? one.id) === key);
      return tried(() => disk.change(name, key, edit), async () => edited(name, await row(), edit));
    },
  };
  function edited(name, row, edit) {
    const next = row && edit({ ...row });
    if (next) hold(name, next);
    return next;
  }
}

const AT_LATEST_MS = 4000;

// A store that does not open, or not in time, is none.
async function choose() {
  const late = new Promise((_, refuse) => setTimeout(() => refuse(new Error("too slow")), AT_LATEST_MS));
  try {
    return withMemory(onDevice(await Promise.race([opened(), late])));
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

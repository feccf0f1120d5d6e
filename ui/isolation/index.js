// Every call of the page passes here, encrypted, before Rust sees it. The page calls the program's own commands and
// listens to its events; a call to anything else comes from code that does not belong here.
const PLUGIN_CALLS = ["plugin:event|listen", "plugin:event|unlisten"];

window.__TAURI_ISOLATION_HOOK__ = (payload) => {
  const command = payload && payload.cmd;
  if (typeof command !== "string") throw new Error("not a call");
  if (command.startsWith("plugin:") && !PLUGIN_CALLS.includes(command)) throw new Error("not a call of this program");
  return payload;
};

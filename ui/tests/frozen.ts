// As in the real window, before anything else runs.
Object.freeze(Object.prototype);

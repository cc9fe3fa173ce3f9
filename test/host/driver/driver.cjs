// The tests wait for this: once it came, every extension that listens to the same languages has been called too.
exports.activate = () => globalThis.ioctlLensDriverActivated?.();

// A worker as a browser has it: the bundle sees the names of the web alone, and nothing of Node.
const vm = require('node:vm');
const { parentPort, workerData } = require('node:worker_threads');

if (!parentPort) throw new Error('this is the code of a worker');
const port = parentPort;
const listeners = new Set();
const web = { AbortController, Response, TextDecoder, TextEncoder, URL, WebAssembly, atob, btoa, fetch, performance };
/** @type {Record<string, unknown>} */
const self = {
	...web,
	clearTimeout,
	console,
	queueMicrotask,
	setTimeout,
	postMessage: (message) => port.postMessage(message),
	addEventListener: (type, listener) => type === 'message' && listeners.add(listener),
	removeEventListener: (_type, listener) => listeners.delete(listener),
	set onmessage(listener) {
		listeners.add(listener);
	},
};
self.self = self;
vm.runInNewContext(workerData.code, self, { filename: 'server.browser.js' });
port.on('message', (data) => {
	for (const listener of [...listeners]) listener({ data });
});

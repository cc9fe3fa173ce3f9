/** What is used of a browser's workers; the library's declarations of a whole browser would let everything pass. */

/** A worker, from outside. */
export interface ServerWorker {
	postMessage(message: unknown): void;
	terminate(): void;
}

declare const Worker: new (address: string) => ServerWorker;

/** Starts the script at an address in a worker of its own. */
export const startWorker = (address: string) => new Worker(address);

/** What is used of a browser's worker; the library's declarations of a whole browser would let everything pass. */

/** A worker's own end of its message port. */
export interface WorkerScope {
	postMessage(message: unknown): void;
	addEventListener(type: string, listener: (event: { readonly data: unknown }) => void): void;
	removeEventListener(type: string, listener: (event: { readonly data: unknown }) => void): void;
}

declare const self: WorkerScope;

export const worker = self;

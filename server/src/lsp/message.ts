/** Messages as typed values: a method's name, and what goes along with it and comes back, which exist as types alone. */

/** A message that is answered. */
export interface RequestMessage<P, R> {
	readonly method: string;
	/** Never there at run time. */
	readonly types?: (params: P) => R;
}

/** A message that is not. */
export interface NotificationMessage<P> {
	readonly method: string;
	/** Never there at run time. */
	readonly types?: (params: P) => void;
}

export const request = <P, R>(method: string): RequestMessage<P, R> => ({ method });
export const notification = <P>(method: string): NotificationMessage<P> => ({ method });

/** The entry of the extension where there is Node. */
import { entryOn } from './activation.ts';
import { nodeHost } from './nodeHost.ts';

export type { Api } from './activation.ts';
export const { activate, deactivate } = entryOn(nodeHost);

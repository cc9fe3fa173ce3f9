/** The entry of the extension in a browser. */
import { entryOn } from '../activation.ts';
import { browserHost } from './browserHost.ts';

export const { activate, deactivate } = entryOn(browserHost);

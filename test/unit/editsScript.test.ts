/** Whatever edits led to a text, its calls and findings are those of a check of the text alone: TypeScript and JavaScript. */
import { editsLead } from '../support/editsTest.ts';

editsLead(/\.[cm]?[jt]sx?$/, 800);

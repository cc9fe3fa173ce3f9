/** Whatever edits led to a text, its calls and findings are those of a check of the text alone: C and C++. */
import { editsLead } from '../support/editsTest.ts';

editsLead(/\.(?:c|cpp)$/, 2300);

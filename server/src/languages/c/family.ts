/** C and C++ as one family: two grammars, one reading. */
import type { Language } from '../language.ts';
import { CFile } from './file.ts';
import { cppWording, cWording } from './wording.ts';

/** What stands in calls whose function a header may give another name: `#define ioctl ioctlsocket`. */
const MARKS = /\b(?:FIONBIO|FIONREAD|SIOCATMARK|SIO_[A-Z])|ioctlsocket|WSAIoctl|WSPIoctl/;

/** Beginnings that lead to one of these; the names of functions are looked for in any case. */
const MARK_WORDS = ['FIONBI', 'FIONRE', 'SIOCATM', 'SIO_'];

/** A language of the family. */
export function cFamily(id: 'c' | 'cpp', grammar: string, extensions: readonly string[]): Language {
	return {
		id,
		grammar,
		extensions,
		languageIds: [id],
		marks: MARKS,
		markWords: MARK_WORDS,
		wording: id === 'cpp' ? cppWording : cWording,
		open: (text, env) => new CFile(text, id === 'cpp', env),
	};
}

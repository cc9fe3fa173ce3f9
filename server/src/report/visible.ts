/** Text that comes from files and their names, where a terminal may obey it. */

/** Control characters replaced, all but those that are excepted. */
export const visible = (text: string, except?: RegExp): string =>
	text.replace(/\p{Cc}/gu, (character) => (except?.test(character) ? character : '\ufffd'));

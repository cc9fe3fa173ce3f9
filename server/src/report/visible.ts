/** Text that comes from files and their names, where a terminal may obey it. */

/** JSON with the escapes of what it leaves as it is, but a terminal obeys. */
export const escapedJson = (value: unknown): string =>
	`${JSON.stringify(value, null, 2).replace(/[\x7f-\x9f]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`)}\n`;

/** Control characters replaced, all but those that are excepted. */
export const visible = (text: string, except?: RegExp): string =>
	text.replace(/\p{Cc}/gu, (character) => (except?.test(character) ? character : '\ufffd'));

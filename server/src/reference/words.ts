/** Words that stand in texts of every kind, in the language that the reader speaks. */
import * as l10n from '@vscode/l10n';

/** `12 bytes`, `1 byte`. */
export const bytesText = (count: number | bigint): string =>
	count === 1 || count === 1n ? l10n.t('1 byte') : l10n.t('{0} bytes', String(count));

/** `a and b and c`. */
export const everyOf = (items: readonly string[]): string =>
	items.length === 0 ? '' : items.reduce((all, item) => l10n.t('{0} and {1}', all, item));

/** `a or b or c`. */
export const eitherOf = (items: readonly string[]): string =>
	items.length === 0 ? '' : items.reduce((all, item) => l10n.t('{0} or {1}', all, item));

/** A side of a call as a word: `input`. */
export const sideWord = (side: 'input' | 'output'): string => (side === 'input' ? l10n.t('input') : l10n.t('output'));

/** It as the head of what is said of it: `Input`. */
export const sideTitle = (side: 'input' | 'output'): string => (side === 'input' ? l10n.t('Input') : l10n.t('Output'));

/** What is said of a size that is the least: `at least 12`. */
export const atLeast = (size: string | number): string => l10n.t('at least {0}', size);

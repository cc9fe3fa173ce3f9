/** The text of a configuration file: JSON with comments, with the keys and values of the editor's settings. */
import * as l10n from '@vscode/l10n';
import {
	findNodeAtLocation,
	getNodeValue,
	type Node,
	type ParseError,
	parseTree,
	printParseErrorCode,
} from 'jsonc-parser';
import { nearest } from '../catalog/nearest.ts';
import { BESIDE, readSettings, settingSpecs } from '../settings.ts';
import { countUpTo, lineStarts } from '../syntax/lines.ts';
import type { Values } from '../workspace/configured.ts';

export interface SettingsText {
	/** Good values only. */
	readonly values: Values;
	/** No file further out holds. */
	readonly isRoot: boolean;
	/** The relative path of the file whose settings hold where this one has none, and where it stands. */
	readonly base?: { readonly path: string; readonly offset: number };
	/** What is wrong, a sentence each with its place in front. */
	readonly problems: readonly string[];
	/** A sentence about a place in the text. */
	at(offset: number, problem: string): string;
	/** Where the value is that some members lead to, or as much of them as there is. */
	placeOf(path: readonly string[]): number;
}

/** The settings that matter outside an editor. */
const KEYS: readonly string[] = settingSpecs.filter((spec) => spec.inFile).map((spec) => spec.key);

/** What a file may hold besides settings. */
const ABOUT = ['extends', 'root'];

/** More than anybody writes, and little enough to read without care, in UTF-16 units. */
export const LARGEST_CONFIG = 1024 * 1024;
/** More problems of one file help nobody. */
const MOST_PROBLEMS = 20;

/**
 * Reads the settings in a configuration file's text; `path` is for messages. What is wrong never spoils the rest.
 * @param isBeside a file of codes beside a configuration, which holds nothing else.
 */
export function readSettingsText(given: string, path: string, isBeside = false): SettingsText {
	const text = given.replace(/^\ufeff/, '');
	const at = placing(text, path);
	const problems: string[] = [];
	const complain = (offset: number, problem: string): void => {
		if (problems.length < MOST_PROBLEMS) problems.push(at(offset, problem));
	};
	const root = treeOf(text, complain);
	const values: Record<string, unknown> = {};
	const keys = isBeside ? BESIDE : KEYS;
	let isRoot = false;
	let base: SettingsText['base'];
	tellRepeated(root, complain);
	const about = isBeside ? [] : ABOUT;
	for (const [key, value] of members(root)) {
		const name = key.value as string;
		if (keys.includes(name)) {
			const good = goodValue(name, value, complain);
			if (good !== undefined) values[name] = good;
		} else if (name !== '$schema' && !about.includes(name)) complain(key.offset, unknownKey(name, [...keys, ...about]));
		else if (name === 'root') isRoot = rootOf(value, complain);
		else if (name === 'extends') base = baseOf(value, complain);
	}
	const placeOf = (names: readonly string[]): number => placeIn(root, names);
	return { values, isRoot, ...(base ? { base } : {}), problems, at, placeOf };
}

function rootOf(value: Node, complain: Complain): boolean {
	if (value.type !== 'boolean') complain(value.offset, l10n.t('{0} has to be true or false.', 'root'));
	return value.value === true;
}

function baseOf(value: Node, complain: Complain): SettingsText['base'] {
	const problem = pathProblem(value.value);
	if (!problem) return { path: value.value, offset: value.offset };
	complain(value.offset, problem);
	return undefined;
}

/** Where a member's name stands, or an element of a list; of the last one that is there. */
function placeIn(root: Node | undefined, path: readonly string[]): number {
	let node = root;
	for (const name of path) {
		const index = node?.type === 'array' && /^\d{1,6}$/.test(name) ? Number(name) : name;
		const next = node && findNodeAtLocation(node, [index]);
		if (!next) break;
		node = next;
	}
	const named = node?.parent?.type === 'property' ? node.parent.children?.[0] : undefined;
	return (named ?? node)?.offset ?? 0;
}

const pathProblem = (path: unknown): string | undefined => {
	if (typeof path !== 'string' || path === '' || path.includes('\0'))
		return l10n.t('extends has to be the path of a file.');
	// Nor a drive or another machine: the file goes with the tree.
	return /^[\\/]|^[a-z][a-z+.-]*:/i.test(path) ? l10n.t('extends has to be a path from this folder on.') : undefined;
};

function unknownKey(name: string, all: readonly string[]): string {
	const near = nearest(name, all);
	const quoted = JSON.stringify(name);
	return near
		? l10n.t('no setting is called {0}; did you mean {1}?', quoted, near)
		: l10n.t('no setting is called {0}; there are {1}', quoted, all.join(', '));
}

type Complain = (offset: number, problem: string) => void;

/** Lines and columns count from 1, columns in characters. */
function placing(text: string, path: string): SettingsText['at'] {
	let starts: readonly number[] | undefined;
	return (offset, problem) => {
		starts ??= lineStarts(text);
		const line = countUpTo(starts, offset);
		return `${path}:${line}:${[...text.slice(starts[line - 1], offset)].length + 1}: ${problem}`;
	};
}

function treeOf(text: string, complain: Complain): Node | undefined {
	if (text.length > LARGEST_CONFIG) {
		complain(0, l10n.t('too large for a configuration'));
		return undefined;
	}
	const errors: ParseError[] = [];
	let root: Node | undefined;
	try {
		root = parseTree(text, errors, { allowTrailingComma: true });
	} catch (error) {
		// The parser descends by recursion.
		if (!(error instanceof RangeError)) throw error;
		complain(0, l10n.t('nested too deeply'));
		return undefined;
	}
	const [error] = errors;
	if (error) {
		complain(error.offset, l10n.t('not valid JSON: {0}', inWords(printParseErrorCode(error.error))));
		return undefined;
	}
	if (root?.type === 'object') return root;
	complain(root?.offset ?? 0, l10n.t('an object is expected, such as {0}', '{ "target": "x64" }'));
	return undefined;
}

/** `CloseBraceExpected` as a person would say it. */
const inWords = (name: string): string => name.replace(/(?!^)[A-Z]/g, ' $&').toLowerCase();

function tellRepeated(root: Node | undefined, complain: Complain): void {
	for (const object of [root, ...members(root).map(([, value]) => value)]) {
		const seen = new Set<string>();
		for (const [key] of members(object)) {
			if (seen.has(key.value)) complain(key.offset, l10n.t('{0} stands here twice', JSON.stringify(key.value)));
			seen.add(key.value);
		}
	}
}

/** What of a value is good; undefined for nothing. Each member is asked about alone, so that its place is known. */
function goodValue(key: string, value: Node, complain: Complain): unknown {
	const kind = settingSpecs.find((spec) => spec.key === key)?.kind;
	if (kind?.hasEntries && value.type !== 'null') {
		const tell = (problem: string, path: readonly string[] = []) => complain(placeIn(value, path), problem);
		return kind.read(getNodeValue(value), key, tell);
	}
	const isGood = (part: unknown, offset: number): boolean => {
		const { problems } = readSettings({ [key]: part });
		for (const problem of problems) complain(offset, problem);
		return problems.length === 0;
	};
	const whole = getNodeValue(value);
	// A number of members is wrong of the whole alone.
	const { problems } = readSettings({ [key]: whole });
	const isTakenBack = (item: Node): boolean => key === 'exclude' && String(item.value).startsWith('!');
	if (problems.length === 0 && whole !== null && !value.children?.some(isTakenBack)) return whole;
	if (value.type === 'array') {
		if (!isGood([], value.offset)) return undefined;
		const good = (value.children ?? []).filter((item) => {
			if (!isTakenBack(item)) return isGood([getNodeValue(item)], item.offset);
			complain(item.offset, l10n.t('a pattern cannot take back another: leave out the "!"'));
			return false;
		});
		return good.map(getNodeValue);
	}
	if (value.type === 'object') {
		if (!isGood({}, value.offset)) return undefined;
		const good = members(value).filter(([name, member]) =>
			isGood(Object.fromEntries([[name.value, getNodeValue(member)]]), name.offset),
		);
		return Object.fromEntries(good.map(([name, member]) => [name.value, getNodeValue(member)]));
	}
	if (whole === null) complain(value.offset, l10n.t('{0} has no value.', key));
	else isGood(whole, value.offset);
	return undefined;
}

/** Keys and values of an object; none of anything else. */
const members = (node: Node | undefined): [Node, Node][] =>
	node?.type === 'object' ? (node.children ?? []).map((property) => property.children as [Node, Node]) : [];

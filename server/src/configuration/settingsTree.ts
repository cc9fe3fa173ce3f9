/** Configuration files, wherever they lie: which of them hold for the files of a folder, and what they say together. */
import * as l10n from '@vscode/l10n';
import { Catalog } from '../catalog/catalog.ts';
import { ownCatalog } from '../catalog/own.ts';
import { pathOf, worded } from '../settingKinds.ts';
import { BESIDE, readSettings } from '../settings.ts';
import {
	BY_MEMBER,
	CODES_ENDING,
	CONFIG_NAME,
	type Configured,
	merged,
	type Patterns,
	UNCONFIGURED,
	type Values,
} from '../workspace/configured.ts';
import { excluder } from '../workspace/exclude.ts';
import { readSettingsText, type SettingsText } from './settingsText.ts';

/** Where the files lie. Paths are absolute, and may be URIs. */
export interface Disk {
	/** The folder that a file or folder is in; of the uppermost one itself. */
	dirname(path: string): string;
	basename(path: string): string;
	/** A path that is written from a folder on. */
	resolve(folder: string, path: string): string;
	/** The path from a folder on to what is in it, with `/`; undefined for what is not. */
	below(folder: string, path: string): string | undefined;
	exists(path: string): boolean;
	isFile(path: string): boolean;
	/** The names in a folder; none where it cannot be looked into. */
	names(folder: string): readonly string[];
	/** The text of a file. What it throws, `failure` puts into words. */
	text(path: string): string;
	failure(error: unknown): string;
	/** True for what is a link to something that the files of a folder may not lead to. */
	leadsOut(path: string, folder: string): boolean;
}

/** Files that extend one another; who has more has lost count. */
const LONGEST_WAY = 20;

/** Files of codes beside a configuration. */
const MOST_BESIDE = 50;
/** What does not go together is told so often. */
const MOST_PROBLEMS = 20;

/** One file with those that it extends. */
export interface SettingsFile {
	/** Without `exclude`. */
	readonly values: Values;
	readonly origins: Readonly<Record<string, readonly string[]>>;
	readonly excludes: readonly Patterns[];
	readonly isRoot: boolean;
	/** What is wrong, a sentence each with its place in front. */
	readonly problems: readonly string[];
	/** All that were asked for, whether they are there or not. */
	readonly files: readonly string[];
	/** By key and name (`codes.SIO_ACME`) the file that an entry of one's own stands in. */
	readonly entries: ReadonlyMap<string, Source>;
}

/** A text that entries stand in. */
interface Source {
	readonly file: string;
	readonly text: Pick<SettingsText, 'at' | 'placeOf'>;
}

const NOTHING: SettingsFile = {
	values: {},
	origins: {},
	excludes: [],
	isRoot: false,
	problems: [],
	files: [],
	entries: new Map(),
};

/** Reads a configuration file. Never throws: what is wrong is among the problems. */
export function readSettingsFile(disk: Disk, path: string, text = () => disk.text(path)): SettingsFile {
	const file = read(disk, path, [path], text);
	const apart = notTogether(file);
	return apart.length === 0 ? file : { ...file, problems: [...file.problems, ...apart] };
}

/** What of the entries of several files does not go together, each told where it stands. */
function notTogether({ values, entries }: SettingsFile): readonly string[] {
	if (entries.size === 0) return [];
	const { problems } = ownCatalog(Catalog.builtin, readSettings(values).settings);
	return problems.slice(0, MOST_PROBLEMS).map((problem) => {
		const path = pathOf(problem);
		const source = entries.get(path.slice(0, 2).join('.'));
		const sentence = worded(problem);
		return source ? source.text.at(source.text.placeOf(path), sentence) : sentence;
	});
}

function read(disk: Disk, path: string, way: readonly string[], text: () => string): SettingsFile {
	let given: string;
	try {
		given = text();
	} catch (error) {
		return { ...NOTHING, files: [path], problems: [`${path}${disk.failure(error)}`] };
	}
	const own = readSettingsText(given, path);
	const base = own.base ? extended(disk, path, own.base.path, way) : NOTHING;
	const told = typeof base === 'string' ? [own.at(own.base?.offset ?? 0, base)] : base.problems;
	const beside = codesBeside(disk, path, { file: path, text: own }, own.values);
	return together(disk, path, merged(beside.values, own.values), typeof base === 'string' ? NOTHING : base, {
		isRoot: own.isRoot,
		problems: [...own.problems, ...beside.problems, ...told],
		files: beside.files,
		entries: beside.entries,
		origins: beside.origins,
	});
}

/** Adds what the files of codes in the same folder say; of one name in several files the configuration's own counts, then the first. */
function codesBeside(
	disk: Disk,
	path: string,
	source: Source,
	own: Values,
): Pick<SettingsFile, 'values' | 'problems' | 'files' | 'entries' | 'origins'> {
	const folder = disk.dirname(path);
	const entries = new Map<string, Source>();
	const origins: Record<string, string[]> = Object.fromEntries(Object.keys(own).map((key) => [key, [path]]));
	const problems: string[] = [];
	let values: Values = {};
	const add = (from: Source, added: Values): void => {
		for (const key of BESIDE) {
			const members = Object.keys((added[key] ?? {}) as object);
			if (members.length > 0 && from !== source) origins[key] = [...(origins[key] ?? []), from.file];
			for (const name of members) {
				const known = entries.get(`${key}.${name}`);
				if (!known) entries.set(`${key}.${name}`, from);
				else
					problems.push(
						from.text.at(from.text.placeOf([key, name]), l10n.t('{0} stands in {1} already', name, known.file)),
					);
			}
		}
	};
	add(source, own);
	const names = disk.names(folder).filter((name) => name.endsWith(CODES_ENDING));
	const files = [...names].sort().map((name) => disk.resolve(folder, name));
	for (const file of files.slice(0, MOST_BESIDE)) {
		const text = textBeside(disk, file, folder);
		if (typeof text !== 'string') {
			problems.push(`${file}${text.problem}`);
			continue;
		}
		const read = readSettingsText(text, file, true);
		problems.push(...read.problems);
		add({ file, text: read }, read.values);
		values = merged(read.values, values);
	}
	if (files.length > MOST_BESIDE)
		problems.push(
			`${folder}: ${l10n.t('more than {0} files end in {1}; the others are ignored', MOST_BESIDE, CODES_ENDING)}`,
		);
	return { values, problems: problems.slice(0, MOST_PROBLEMS), files, entries, origins };
}

/** The text of a file of codes, or the end of a sentence about why it is not read. */
function textBeside(disk: Disk, path: string, folder: string): string | { readonly problem: string } {
	if (disk.leadsOut(path, folder)) return { problem: `: ${l10n.t('a link out of its folder is not followed')}` };
	try {
		return disk.text(path);
	} catch (error) {
		return { problem: disk.failure(error) };
	}
}

/** The file that one extends, or why it does not. */
function extended(disk: Disk, path: string, name: string, way: readonly string[]): SettingsFile | string {
	const folder = disk.dirname(path);
	const target = disk.resolve(folder, name);
	const from = way.indexOf(target);
	if (from >= 0) {
		const names = [...way.slice(from), target].map((file) => disk.basename(file));
		return l10n.t('extends itself: {0}', names.join(' → '));
	}
	if (way.length >= LONGEST_WAY)
		return l10n.t('extends {0}, after {1} files that extend one another', JSON.stringify(name), LONGEST_WAY);
	if (!disk.exists(target)) return l10n.t('extends {0}, which does not exist', JSON.stringify(name));
	if (disk.leadsOut(target, folder))
		return l10n.t('extends {0}, a link out of its folder, which is not followed', JSON.stringify(name));
	return read(disk, target, [...way, target], () => disk.text(target));
}

function together(
	disk: Disk,
	path: string,
	{ exclude, includePath, compileCommands, ...plain }: Values,
	base: SettingsFile,
	own: Pick<SettingsFile, 'isRoot' | 'problems' | 'files' | 'entries' | 'origins'>,
): SettingsFile {
	const folder = disk.dirname(path);
	const paths = includePath as readonly string[] | undefined;
	const values: Values = {
		...plain,
		...(paths ? { includePath: paths.map((each) => disk.resolve(folder, each)) } : {}),
		...(typeof compileCommands === 'string' ? { compileCommands: disk.resolve(folder, compileCommands) } : {}),
	};
	const originsOf = (key: string): readonly string[] => [
		...(own.origins[key] ?? []),
		...(BY_MEMBER.includes(key) ? (base.origins[key] ?? []) : []),
	];
	const origins = Object.keys(values).map((key) => [key, originsOf(key)]);
	const patterns = exclude as readonly string[] | undefined;
	return {
		values: merged(base.values, values),
		origins: { ...base.origins, ...Object.fromEntries(origins) },
		excludes: [...(patterns?.length ? [{ folder, file: path, patterns }] : []), ...base.excludes],
		isRoot: own.isRoot,
		problems: own.problems,
		files: [path, ...own.files, ...base.files],
		entries: new Map([...base.entries, ...own.entries]),
	};
}

/** The configuration files of a tree, each read once. */
export class SettingsTree {
	readonly #disk: Disk;
	readonly #folders = new Map<string, Configured>();
	readonly #files = new Map<string, SettingsFile | undefined>();
	readonly #problems = new Set<string>();
	readonly #only: { readonly path: string; readonly file: SettingsFile } | undefined;

	/** @param only the one that holds for every file, whatever stands beside it. */
	constructor(disk: Disk, only?: { readonly path: string; readonly file: SettingsFile }) {
		this.#disk = disk;
		this.#only = only;
	}

	/** What holds for the files of a folder, absolute and without links or dots to resolve. */
	of(folder: string): Configured {
		const made = this.#only ? configured(this.#only.path, this.#only.file, UNCONFIGURED) : this.#at(folder);
		for (const problem of made.problems) this.#problems.add(problem);
		return made;
	}

	#at(folder: string): Configured {
		const known = this.#folders.get(folder);
		if (known) return known;
		const made = this.#find(folder);
		this.#folders.set(folder, made);
		return made;
	}

	/** True for a file or folder that is not checked, by its absolute path. */
	excludes(path: string): boolean {
		const around = this.of(this.#disk.dirname(path));
		// In a folder that is left out nothing is looked for; the folder itself may say that nothing outside matters.
		return (
			around.excluded || (this.#isExcluded(around, path) && (this.#only !== undefined || !this.#file(path)?.isRoot))
		);
	}

	/** What is wrong with the files that held for what was asked so far. */
	get problems(): readonly string[] {
		return [...this.#problems];
	}

	/** True for a file that something was read from, or would have been. */
	has(path: string): boolean {
		return [...this.#files.values()].some((file) => file?.files.includes(path));
	}

	/** The files may have changed. */
	forget(): void {
		this.#folders.clear();
		this.#files.clear();
		this.#problems.clear();
	}

	#find(folder: string): Configured {
		const above = this.#disk.dirname(folder);
		const around = above === folder ? UNCONFIGURED : this.#at(above);
		if (around.excluded) return around;
		const file = this.#file(folder);
		const path = this.#disk.resolve(folder, CONFIG_NAME);
		if (file?.isRoot) return configured(path, file, UNCONFIGURED);
		if (this.#isExcluded(around, folder)) return { ...around, excluded: true };
		return file ? configured(path, file, around) : around;
	}

	#file(folder: string): SettingsFile | undefined {
		if (this.#files.has(folder)) return this.#files.get(folder);
		const path = this.#disk.resolve(folder, CONFIG_NAME);
		let file: SettingsFile | undefined;
		if (this.#disk.isFile(path)) {
			const isOut = this.#disk.leadsOut(path, folder);
			const told = `${path}: ${l10n.t('a link out of its folder is not followed; --config takes any file')}`;
			file = isOut ? { ...NOTHING, files: [path], problems: [told] } : readSettingsFile(this.#disk, path);
		}
		this.#files.set(folder, file);
		return file;
	}

	/** True for a path that the patterns of any file leave out. */
	#isExcluded({ excludes }: Configured, path: string): boolean {
		return excludes.some(({ folder, patterns }) => {
			const below = this.#disk.below(folder, path);
			return below !== undefined && excluder(patterns)(below);
		});
	}
}

const configured = (
	path: string,
	{ values, origins, excludes, problems, entries }: SettingsFile,
	around: Configured,
): Configured => ({
	values,
	origins,
	placeOf(key, name) {
		const text = entries.get(`${key}.${name}`)?.text;
		return text?.at(text.placeOf([key, name]), '').replace(/: $/, '');
	},
	excludes: [...excludes, ...around.excludes],
	file: path,
	excluded: false,
	problems: [...problems, ...around.problems],
});

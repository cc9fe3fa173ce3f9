/** Include folders and definitions of Visual Studio's projects (`.vcxproj`), and of the property sheets that they import. */
import { dirname, join, resolve, sep } from 'node:path';
import { DOMParser, type Element } from '@xmldom/xmldom';
import type { Target } from '../../types/ctype.ts';
import { entriesOf } from '../disk.ts';
import { regularText } from '../regularFile.ts';
import type { Names } from '../sightings.ts';
import { type CompileFlags, FlagList, targetOf } from './flags.ts';

/** In bytes. */
const LARGEST = 4 * 1024 * 1024;
/** Sheets that import one another are followed this far. */
const DEEPEST_IMPORT = 6;
const MOST_IMPORTED = 64;
/** Projects of one folder that are read. */
const MOST_PROJECTS = 32;

interface Project {
	/** Absolute paths of what is compiled or listed as a header, in small letters. */
	readonly files: ReadonlySet<string>;
	readonly flags: CompileFlags;
}

/** Projects, each read once. */
export class VisualStudio {
	readonly #folders = new Map<string, readonly Project[]>();

	/** What the projects in a folder say of a file that they list. */
	inFolder(folder: string, file: string): CompileFlags | undefined {
		return this.#of(folder).find(({ files }) => files.has(file.toLowerCase()))?.flags;
	}

	/** The projects may have changed. */
	forget(): void {
		this.#folders.clear();
	}

	#of(folder: string): readonly Project[] {
		let projects = this.#folders.get(folder);
		if (!projects) {
			projects = projectsIn(folder).flatMap((path) => readProject(path) ?? []);
			this.#folders.set(folder, projects);
		}
		return projects;
	}
}

function projectsIn(folder: string): string[] {
	return namesIn(folder, 'projects')
		.slice(0, MOST_PROJECTS)
		.map((name) => join(folder, name));
}

function namesIn(folder: string, wanted: Names): string[] {
	try {
		return entriesOf(folder, wanted)
			.map(({ name }) => name)
			.sort();
	} catch {
		return [];
	}
}

function readProject(path: string): Project | undefined {
	const root = rootOf(path);
	if (!root) return undefined;
	const folder = dirname(path);
	const files = new Set<string>();
	for (const tag of ['ClCompile', 'ClInclude'])
		for (const element of elements(root, tag)) {
			const name = element.getAttribute('Include');
			if (name && !/[$*%]/.test(name)) files.add(pathOf(folder, name).toLowerCase());
		}
	const configurations = elements(root, 'ProjectConfiguration').flatMap((each) => each.getAttribute('Include') ?? []);
	const names = configurations.length > 0 ? configurations : ['Debug|Win32'];
	const readings = names.slice(0, MOST_IMPORTED).map((name) => new Reading(path, name).of(root));
	const targets = new Set(names.map((name) => targetOf(name.split('|')[1] ?? '')));
	const [target] = targets;
	return { files, flags: together(readings, targets.size === 1 ? target : undefined) };
}

interface Read {
	readonly includePath: readonly string[];
	readonly defines: readonly string[];
	readonly undefines: readonly string[];
	readonly forced: readonly string[];
}

/** The folders of all configurations; what is defined in each of them. */
function together(readings: readonly Read[], target: Target | undefined): CompileFlags {
	const list = new FlagList();
	for (const path of new Set(readings.flatMap(({ includePath }) => includePath))) list.include(path);
	const inAll = (key: 'defines' | 'undefines' | 'forced'): readonly string[] =>
		(readings[0]?.[key] ?? []).filter((each) => readings.every((reading) => reading[key].includes(each)));
	for (const define of inAll('defines')) list.define(define);
	for (const name of inAll('undefines')) list.undefine(name);
	for (const file of inAll('forced')) list.force(file);
	return list.flags(target);
}

const LISTS = {
	AdditionalIncludeDirectories: 'includePath',
	PreprocessorDefinitions: 'defines',
	UndefinePreprocessorDefinitions: 'undefines',
	ForcedIncludeFiles: 'forced',
	// Of the whole project, beside those of each kind of file.
	IncludePath: 'includePath',
} as const;

/** A project as one of its configurations has it. */
class Reading {
	readonly #folder: string;
	readonly #configuration: string;
	readonly #platform: string;
	readonly #properties = new Map<string, string>();
	readonly #read = { includePath: [], defines: [], undefines: [], forced: [] } as Record<keyof Read, string[]>;
	#imported = 0;

	constructor(path: string, configuration: string) {
		[this.#configuration = '', this.#platform = ''] = configuration.split('|');
		this.#folder = dirname(path);
		const below = (folder: string) => (folder.endsWith(sep) ? folder : folder + sep);
		for (const [name, value] of [
			['configuration', this.#configuration],
			['platform', this.#platform],
			['projectdir', below(this.#folder)],
			['msbuildprojectdirectory', this.#folder],
			['solutiondir', below(solutionFolder(this.#folder))],
		] as const)
			this.#properties.set(name, value);
	}

	of(root: Element): Read {
		this.#file(root, this.#folder, 0);
		return this.#read;
	}

	#file(root: Element, folder: string, depth: number): void {
		for (const group of this.#held(root)) {
			const name = group.localName;
			if (name === 'Import') this.#import(group, folder, depth);
			else if (name === 'ImportGroup') for (const each of this.#held(group)) this.#import(each, folder, depth);
			else if (name === 'PropertyGroup') for (const each of this.#held(group)) this.#property(each, folder);
			else if (name === 'ItemDefinitionGroup')
				for (const list of elements(group, 'ClCompile').flatMap(children)) this.#list(list, folder);
		}
	}

	#held(element: Element): Element[] {
		return children(element).filter((each) => this.#holds(each));
	}

	#import(element: Element, folder: string, depth: number): void {
		const written = element.getAttribute('Project');
		const name = written ? this.#expanded(written, folder) : undefined;
		if (name === undefined || depth >= DEEPEST_IMPORT || ++this.#imported > MOST_IMPORTED) return;
		const path = pathOf(folder, name);
		const root = rootOf(path);
		if (root) this.#file(root, dirname(path), depth + 1);
	}

	#property(element: Element, folder: string): void {
		const name = element.localName ?? '';
		if (name in LISTS) this.#list(element, folder);
		const value = this.#expanded(element.textContent ?? '', folder);
		const isReserved = /^(?:configuration|platform|projectdir|solutiondir|msbuild.*)$/i.test(name);
		if (value !== undefined && !isReserved) this.#properties.set(name.toLowerCase(), value.trim());
	}

	#list(element: Element, folder: string): void {
		const name = element.localName ?? '';
		if (!Object.hasOwn(LISTS, name) || !this.#holds(element)) return;
		const key = LISTS[name as keyof typeof LISTS];
		const into = this.#read[key];
		for (const part of (element.textContent ?? '').split(';')) {
			const word = this.#expanded(part.trim(), folder)?.trim();
			if (!word) continue;
			// Those of the system are said by a name that only Visual Studio knows, and left out so.
			if (key === 'includePath') into.push(pathOf(this.#folder, word));
			else into.push(word);
		}
	}

	/** The conditions that projects are written with: one configuration, one platform, or both. Others do not hold. */
	#holds(element: Element): boolean {
		const condition = element.getAttribute('Condition');
		if (!condition) return true;
		const [, left, right] = /^\s*'([^']*)'\s*==\s*'([^']*)'\s*$/.exec(condition) ?? [];
		if (left === undefined || right === undefined) return /^\s*exists\(/i.test(condition);
		const [one, other] = [left, right].map((side) => this.#expanded(side, this.#folder));
		return one !== undefined && one.toLowerCase() === other?.toLowerCase();
	}

	/** With the values of properties in the place of `$(Name)`; undefined where one is not known. */
	#expanded(text: string, folder: string): string | undefined {
		let isKnown = !text.includes('%(');
		const result = text.replace(/\$\(([^()]{0,100})\)/g, (_, name: string) => {
			const key = name.toLowerCase();
			const value = key === 'msbuildthisfiledirectory' ? folder + sep : this.#properties.get(key);
			isKnown &&= value !== undefined;
			return value ?? '';
		});
		return isKnown && result.length < 64 * 1024 ? result : undefined;
	}
}

/** The folder of the solution: the next one above that has a solution in it, or that of the project. */
function solutionFolder(project: string): string {
	for (let folder = project, level = 0; level < 8; folder = dirname(folder), level++) {
		if (namesIn(folder, 'solutions').length > 0) return folder;
		if (dirname(folder) === folder) break;
	}
	return project;
}

/** Projects are written with backslashes. */
const pathOf = (folder: string, name: string): string =>
	resolve(folder, sep === '/' ? name.replaceAll('\\', '/') : name);

function rootOf(path: string): Element | undefined {
	const text = regularText(path, LARGEST)?.replace(/^\ufeff/, '');
	if (text === undefined) return undefined;
	try {
		return new DOMParser({ onError: () => undefined }).parseFromString(text, 'text/xml').documentElement ?? undefined;
	} catch {
		// Half written or no XML: as if it were not there.
		return undefined;
	}
}

const elements = (root: Element, name: string): Element[] => [...root.getElementsByTagNameNS('*', name)];

const children = (element: Element): Element[] =>
	[...element.childNodes].filter((node): node is Element => node.nodeType === node.ELEMENT_NODE);

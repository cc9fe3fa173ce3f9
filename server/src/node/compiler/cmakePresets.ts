/** Where `CMakePresets.json` and `CMakeUserPresets.json` let CMake build. */
import { basename, dirname, join, resolve } from 'node:path';
import { isObject } from '../../settingKinds.ts';
import { listOf, readJson, textsOf } from './json.ts';

const NAMES = ['CMakePresets.json', 'CMakeUserPresets.json'];
/** Files that include one another, and presets that inherit from one another, are followed this far. */
const DEEPEST = 8;
const MOST_PRESETS = 200;

interface Preset {
	readonly name: string;
	/** As it is written. */
	readonly binaryDir?: string;
	readonly inherits: readonly string[];
	/** Folder of the file that it stands in. */
	readonly folder: string;
}

/** The build folders of all configure presets of a project, absolute. @param source the folder of the project. */
export function presetFolders(source: string): string[] {
	const presets = new Map<string, Preset>();
	for (const name of NAMES) readPresets(join(source, name), presets, 0);
	const folders = [...presets.values()].flatMap((preset) => {
		const written = binaryDirOf(preset, presets);
		const folder = written && expanded(written.text, source, preset.name, written.folder);
		return folder === undefined ? [] : [resolve(source, folder)];
	});
	return [...new Set(folders)];
}

function readPresets(path: string, presets: Map<string, Preset>, depth: number): void {
	const content = readJson(path);
	if (!isObject(content)) return;
	const folder = dirname(path);
	for (const each of textsOf(content.include))
		if (depth < DEEPEST && !each.includes('$')) readPresets(resolve(folder, each), presets, depth + 1);
	for (const each of listOf(content.configurePresets)) {
		if (!isObject(each) || typeof each.name !== 'string' || presets.size >= MOST_PRESETS) continue;
		const { name, binaryDir, inherits } = each;
		presets.set(name, {
			name,
			folder,
			inherits: textsOf(inherits),
			...(typeof binaryDir === 'string' ? { binaryDir } : {}),
		});
	}
}

/** What a preset or the first one that it inherits from says. */
function binaryDirOf(
	preset: Preset,
	presets: ReadonlyMap<string, Preset>,
	depth = 0,
): { readonly text: string; readonly folder: string } | undefined {
	if (preset.binaryDir !== undefined) return { text: preset.binaryDir, folder: preset.folder };
	if (depth >= DEEPEST) return undefined;
	for (const name of preset.inherits) {
		const parent = presets.get(name);
		const found = parent && binaryDirOf(parent, presets, depth + 1);
		if (found) return found;
	}
	return undefined;
}

/** Undefined where it names what only CMake knows, such as a variable of the environment. */
function expanded(text: string, source: string, presetName: string, fileDir: string): string | undefined {
	const values: Readonly<Record<string, string>> = {
		sourceDir: source,
		sourceParentDir: dirname(source),
		sourceDirName: basename(source),
		presetName,
		fileDir,
		pathListSep: ';',
		dollar: '$',
	};
	let isKnown = true;
	const result = text.replace(/\$(\w{0,10})\{(\w{1,100})\}/g, (_, kind: string, name: string) => {
		const value = kind === '' && Object.hasOwn(values, name) ? values[name] : undefined;
		isKnown &&= value !== undefined;
		return value ?? '';
	});
	return isKnown ? result : undefined;
}

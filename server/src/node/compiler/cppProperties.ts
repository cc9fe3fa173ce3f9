/** `.vscode/c_cpp_properties.json`, which Microsoft's C/C++ extension is told the project by. */
import { join, resolve } from 'node:path';
import { isObject } from '../../settingKinds.ts';
import { type CompileFlags, FlagList } from './flags.ts';
import { listOf, readJson, textsOf } from './json.ts';

export interface CppProperties {
	readonly flags: CompileFlags;
	/** Compilation databases that it names instead, absolute. */
	readonly databases: readonly string[];
}

/**
 * What the configuration for Windows says, or the first where none is named so. Its `intelliSenseMode` is no target: every
 * file that the extension makes has one, whatever is built.
 * @param folder that `.vscode` stands in.
 */
export function cppProperties(folder: string): CppProperties | undefined {
	const content = readJson(join(folder, '.vscode/c_cpp_properties.json'));
	if (!isObject(content)) return undefined;
	const all = listOf(content.configurations).filter(isObject);
	const chosen = all.find(({ name }) => /win/i.test(String(name)) && !/darwin/i.test(String(name))) ?? all[0];
	if (!chosen) return undefined;
	const environment = isObject(content.env) ? content.env : {};
	const words = (value: unknown): string[] => textsOf(value).flatMap((each) => expanded(each, folder, environment));
	const list = new FlagList();
	// What is below a folder is found by its name.
	for (const path of words(chosen.includePath)) list.include(resolve(folder, path.replace(/[\\/]\*{1,2}$/, '')));
	for (const define of words(chosen.defines)) list.define(define);
	for (const file of words(chosen.forcedInclude)) list.force(resolve(folder, file));
	return { flags: list.flags(), databases: words(chosen.compileCommands).map((path) => resolve(folder, path)) };
}

/** An entry that is a variable alone may stand for several; one that names what nobody knows here is left out. */
function expanded(text: string, folder: string, environment: Readonly<Record<string, unknown>>): string[] {
	const [, only] = /^\$\{(?:env\.)?(\w{1,100})\}$/.exec(text) ?? [];
	if (only !== undefined && Object.hasOwn(environment, only))
		return textsOf(environment[only]).flatMap((each) => expanded(each, folder, {}));
	let isKnown = true;
	const result = text.replace(/\$\{([\w.:]{1,100})\}/g, (_, name: string) => {
		if (name === 'workspaceFolder' || name === 'workspaceRoot') return folder;
		const key = name.replace(/^env\./, '');
		const value = Object.hasOwn(environment, key) ? environment[key] : undefined;
		isKnown &&= typeof value === 'string';
		return typeof value === 'string' ? value.replace(/\$\{workspaceFolder\}/g, () => folder) : '';
	});
	return isKnown ? [result] : [];
}

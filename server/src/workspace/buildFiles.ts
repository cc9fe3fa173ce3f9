/** Files that say how sources are compiled, by their names: when one changes, every source may be read another way. */
const NAMES = ['compile_commands.json', 'CMakePresets.json', 'CMakeUserPresets.json', 'c_cpp_properties.json'];
const ENDINGS = ['.vcxproj', '.props'];

export const BUILD_FILE_GLOBS: readonly string[] = [`**/{${NAMES.join(',')}}`, `**/*{${ENDINGS.join(',')}}`];

/** @param path path or URI. */
export function isBuildFile(path: string): boolean {
	const name = path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
	return NAMES.includes(name) || ENDINGS.some((ending) => name.endsWith(ending));
}

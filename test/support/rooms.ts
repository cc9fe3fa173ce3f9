/** Which folder may import which. What is not said here is refused: a folder that is new, and an import that is. */
import path from 'node:path';

/** What the files of a folder may import besides each other. */
interface Room {
	/** Other rooms. */
	readonly from: readonly string[];
	/** Node's own modules. */
	readonly node?: true;
	/** Libraries of the language server protocol, as types or to run them. */
	readonly protocol?: 'types' | 'run';
	/** The editor itself. */
	readonly editor?: true;
}

const FLOORS = ['calls', 'types', 'syntax', 'catalog'];
const MODEL = [...FLOORS, 'languages'];
const SESSION = [
	'lsp',
	'lsp/session',
	'settings.ts',
	'settingKinds.ts',
	'workspace',
	'configuration',
	'check',
	'rules',
	'reference',
	'writing',
	...MODEL,
];

/**
 * By folder, from the lowest floor up. The rooms of the server are those in `server/src`, `client` and `native` are one
 * each. The longest name that fits decides.
 */
export const ROOMS: Readonly<Record<string, Room>> = {
	catalog: { from: ['types'] },
	types: { from: ['catalog'] },
	syntax: { from: ['languages'] },
	calls: { from: MODEL },
	languages: { from: MODEL },
	rules: { from: FLOORS },
	check: { from: ['rules', ...MODEL] },
	workspace: { from: [] },
	reference: { from: ['rules', 'calls', 'types', 'catalog'] },
	'settingKinds.ts': { from: ['catalog', 'rules', 'types', 'workspace'] },
	'settings.ts': { from: ['settingKinds.ts', 'catalog', 'rules', 'types', 'workspace'] },
	configuration: { from: ['settings.ts', 'settingKinds.ts', 'catalog', 'syntax', 'workspace'] },
	writing: { from: ['reference', 'calls', 'types', 'catalog'] },
	report: { from: ['check', 'rules', 'workspace', ...MODEL] },
	run: { from: ['reference', 'native', ...MODEL] },
	lsp: { from: ['lsp/connection', 'lsp/features', 'run', ...SESSION], protocol: 'run' },
	'lsp/connection': { from: SESSION, protocol: 'run' },
	'lsp/session': { from: SESSION, protocol: 'types' },
	'lsp/features': { from: SESSION, protocol: 'types' },
	browser: { from: SESSION, protocol: 'run' },
	node: { from: ['cli', ...SESSION], node: true, protocol: 'run' },
	cli: { from: ['node', 'report', 'run', 'native', ...SESSION], node: true },
	native: { from: [], node: true },
	client: { from: ['native', 'lsp'], node: true, editor: true },
};

/** Of one room to another in which only some files are known. */
const ONLY: Readonly<Record<string, RegExp>> = {
	'client lsp': /^server\/src\/lsp\/protocol\.ts$/,
};

export interface Import {
	/** Path from the repository's root, with `/`. */
	readonly file: string;
	readonly from: string;
	/** Vanishes when compiled. */
	readonly typeOnly: boolean;
}

const IMPORT =
	/^(?:import|export)\s+(type\s+)?(?:[^'";]*?\sfrom\s+)?['"]([^'"]+)['"]|\b(?:import|require)\(\s*['"]([^'"]+)['"]\s*\)/gm;

/** The imports of sources given by path. */
export const importsOf = (sources: ReadonlyMap<string, string>): Import[] =>
	[...sources].flatMap(([file, text]) =>
		[...text.matchAll(IMPORT)].map((m) => ({ file, from: m[2] ?? m[3] ?? '', typeOnly: m[1] !== undefined })),
	);

/** The room of a source; undefined for what is no source of the product. */
function roomOf(file: string): string | undefined {
	const below = /^(?:server\/src|(?=client\/|native\/))\/?(.+)$/.exec(file)?.[1];
	if (below === undefined) return undefined;
	const parts = below.split('/');
	for (let length = Math.min(2, parts.length); length > 0; length--) {
		const name = parts.slice(0, length).join('/');
		// A file's own name is a room only where it stands alone; a folder in `lsp` must be named.
		if (Object.hasOwn(ROOMS, name) && (length === 2 || parts.length <= 2 || parts[0] !== 'lsp')) return name;
	}
	return parts.slice(0, Math.max(1, Math.min(2, parts.length - 1))).join('/');
}

/** Where a relative import leads, from the repository's root; a package's name stays as it is. */
export const target = ({ file, from }: Import): string =>
	from.startsWith('.') ? path.posix.join(path.posix.dirname(file), from) : from;

const NODE = /^node:/;
const PROTOCOL = /^vscode-languageserver(?:$|\/|-protocol|-types)/;
/** vscode-uri is about URIs alone, and the runner's messages need no editor. */
const EDITOR = /^vscode(?:$|-languageclient)/;

/** Every import that the table does not allow, as `file: import`, and every folder that it does not name. */
export function violations(sources: ReadonlyMap<string, string>): string[] {
	const unknown = new Set<string>();
	for (const file of sources.keys()) {
		const room = roomOf(file);
		if (room !== undefined && !Object.hasOwn(ROOMS, room)) unknown.add(`${room}: a folder that has no place`);
	}
	const refused = importsOf(sources).filter((entry) => {
		const name = roomOf(entry.file);
		const room = name === undefined ? undefined : ROOMS[name];
		return room !== undefined && !allowed(entry, name ?? '', room);
	});
	return [...unknown, ...refused.map(({ file, from }) => `${file}: ${from}`)].sort();
}

function allowed(entry: Import, name: string, room: Room): boolean {
	const { from, typeOnly } = entry;
	if (NODE.test(from)) return room.node === true;
	if (EDITOR.test(from)) return room.editor === true;
	if (PROTOCOL.test(from)) return room.protocol === 'run' || (room.protocol === 'types' && typeOnly);
	if (!from.startsWith('.')) return true;
	const to = roomOf(target(entry));
	if (to === undefined || to === name) return true;
	return room.from.includes(to) && (ONLY[`${name} ${to}`]?.test(target(entry)) ?? true);
}

/** Which Windows a C or C++ file asks the headers for. */
import { replaceBlockComments } from '../../syntax/scan.ts';

/** What a file's own definition says of the oldest Windows it is made for. */
export interface FileVersion {
	/** `6.1`, or with a build `10.0.17763`. */
	readonly version: string;
	/** As written: `_WIN32_WINNT 0x0601`. */
	readonly text: string;
}

/** Names of `sdkddkver.h` for `_WIN32_WINNT` with their values. */
const WINNT_NAMES: Readonly<Record<string, number>> = {
	_WIN32_WINNT_WIN2K: 0x0500,
	_WIN32_WINNT_WINXP: 0x0501,
	_WIN32_WINNT_WS03: 0x0502,
	_WIN32_WINNT_WIN6: 0x0600,
	_WIN32_WINNT_VISTA: 0x0600,
	_WIN32_WINNT_WS08: 0x0600,
	_WIN32_WINNT_LONGHORN: 0x0600,
	_WIN32_WINNT_WIN7: 0x0601,
	_WIN32_WINNT_WIN8: 0x0602,
	_WIN32_WINNT_WINBLUE: 0x0603,
};

/** The same for `NTDDI_VERSION`. */
const NTDDI_NAMES: Readonly<Record<string, number>> = {
	NTDDI_WIN2K: 0x05000000,
	NTDDI_WINXP: 0x05010000,
	NTDDI_WINXPSP1: 0x05010100,
	NTDDI_WINXPSP2: 0x05010200,
	NTDDI_WINXPSP3: 0x05010300,
	NTDDI_WS03: 0x05020000,
	NTDDI_WS03SP1: 0x05020100,
	NTDDI_WS03SP2: 0x05020200,
	NTDDI_WIN6: 0x06000000,
	NTDDI_LONGHORN: 0x06000000,
	NTDDI_VISTA: 0x06000000,
	NTDDI_WIN6SP1: 0x06000100,
	NTDDI_VISTASP1: 0x06000100,
	NTDDI_WS08: 0x06000100,
	NTDDI_WIN7: 0x06010000,
	NTDDI_WIN8: 0x06020000,
	NTDDI_WINBLUE: 0x06030000,
	NTDDI_WIN10: 0x0a000000,
	NTDDI_WIN10_TH2: 0x0a000001,
	NTDDI_WIN10_RS1: 0x0a000002,
	NTDDI_WIN10_RS2: 0x0a000003,
	NTDDI_WIN10_RS3: 0x0a000004,
	NTDDI_WIN10_RS4: 0x0a000005,
	NTDDI_WIN10_RS5: 0x0a000006,
	NTDDI_WIN10_19H1: 0x0a000007,
	NTDDI_WIN10_VB: 0x0a000008,
	NTDDI_WIN10_FE: 0x0a00000a,
	NTDDI_WIN10_CO: 0x0a00000b,
	NTDDI_WIN10_NI: 0x0a00000c,
};

/** First public build of each Windows 10 and 11 step of `NTDDI_VERSION`. */
const BUILDS: Readonly<Record<number, number>> = {
	0: 10240,
	1: 10586,
	2: 14393,
	3: 15063,
	4: 16299,
	5: 17134,
	6: 17763,
	7: 18362,
	8: 19041,
	10: 20348,
	11: 22000,
	12: 22621,
};

/** Conditions that do not make a definition doubtful: these calls are for Windows anyway. */
const FOR_WINDOWS = /^(?:_?WIN(?:32|64)|__?WIN(?:32|64)__)$/;

/**
 * The version that a plain `#define` of `NTDDI_VERSION` or, without it, `_WIN32_WINNT` names. Undefined when there is
 * none, more than one, or one that a condition or an outer definition can overrule.
 */
export function fileVersion(text: string): FileVersion | undefined {
	if (!/_WIN32_WINNT|NTDDI_VERSION/.test(text)) return undefined;
	const ntddi = plainDefinition(text, 'NTDDI_VERSION');
	const winnt = plainDefinition(text, '_WIN32_WINNT');
	if (ntddi === 'doubtful' || winnt === 'doubtful') return undefined;
	const definition = ntddi ?? winnt;
	const version = ntddi ? fromNtddi(ntddi) : winnt ? fromWinnt(winnt) : undefined;
	return definition && version
		? { version, text: `${ntddi ? 'NTDDI_VERSION' : '_WIN32_WINNT'} ${definition}` }
		: undefined;
}

function plainDefinition(text: string, macro: string): string | 'doubtful' | undefined {
	const code = replaceBlockComments(text, (comment) => comment.replace(/[^\r\n]/g, ' '));
	const open: { condition: string; certain: boolean }[] = [];
	const found: (string | undefined)[] = [];
	let isFirst = true;
	for (const [, directive, rest = ''] of code.matchAll(/^[ \t]*#[ \t]*(\w+)[ \t]*([^\r\n]*)/gm)) {
		const words = withoutLineComment(rest).trim();
		if (/^if/.test(directive!)) {
			const condition = words.replace(/^defined\s*(?:\(\s*)?(\w+)\s*\)?$/, '$1');
			const guard = isFirst && directive === 'ifndef' && !/_WIN32_WINNT|NTDDI_VERSION|WINVER/.test(words);
			open.push({ condition, certain: guard || (directive !== 'ifndef' && FOR_WINDOWS.test(condition)) });
		} else if (/^el/.test(directive!)) {
			const innermost = open.at(-1);
			if (innermost) innermost.certain = false;
		} else if (directive === 'endif') open.pop();
		else if (directive === 'define' && words.split(/\s/)[0] === macro)
			found.push(open.every((c) => c.certain) ? words.slice(macro.length).trim() : undefined);
		isFirst = false;
	}
	if (found.length === 0) return undefined;
	return found.length === 1 && found[0] !== undefined ? found[0] : 'doubtful';
}

/** A comment goes to the end of its line, which the separators of Unicode end as well. */
function withoutLineComment(line: string): string {
	const last = Math.max(line.lastIndexOf('\u2028'), line.lastIndexOf('\u2029')) + 1;
	const comment = line.indexOf('//', last);
	return comment < 0 ? line : line.slice(0, comment);
}

function number(text: string, names: Readonly<Record<string, number>>): number | undefined {
	const bare = text.replace(/^\((.*)\)$/, '$1').trim();
	if (Object.hasOwn(names, bare)) return names[bare];
	return /^0[xX][\da-fA-F]+[uUlL]*$/.test(bare) ? Number.parseInt(bare, 16) : undefined;
}

/** Windows 10 and later share one value, which says nothing of the build: `undefined`. */
function fromWinnt(text: string): string | undefined {
	const value = number(text, WINNT_NAMES);
	return value === undefined || value < 0x0400 || value >= 0x0a00 ? undefined : `${value >> 8}.${value & 0xff}`;
}

function fromNtddi(text: string): string | undefined {
	const value = number(text, NTDDI_NAMES);
	if (value === undefined || value < 0x05000000) return undefined;
	const [major, minor, step] = [value >> 24, (value >> 16) & 0xff, value & 0xffff];
	if (major < 10) {
		// Vista's service packs came with builds of their own.
		if (major === 6 && minor === 0) return step === 0 ? '6.0' : `6.0.${6000 + (step >> 8)}`;
		return `${major}.${minor}`;
	}
	return BUILDS[step] === undefined ? undefined : `10.0.${BUILDS[step]}`;
}

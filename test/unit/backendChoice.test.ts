import { describe, expect, test } from 'vitest';
import { chooseBackend, hasWinsock, type Machine } from '../../client/src/run/backendChoice.ts';
import type { WineLookup } from '../../native/src/wine.ts';

const wine: WineLookup = {
	ok: true,
	home: { wine: '/usr/bin/wine', version: '8.0', prefix: '/p', node: '/p/node.exe', packages: '/p' },
};
const noWine: WineLookup = { ok: false, reason: 'no-wine', message: 'Wine is not installed.' };

function machine(given: Partial<Machine> & { readonly found?: WineLookup } = {}) {
	let looks = 0;
	const it: Machine = {
		isWindows: false,
		hasWineFolder: false,
		wine: async () => {
			looks++;
			return given.found ?? noWine;
		},
		label: (name = 'Here') => `${name}!`,
		...given,
	};
	return { it, looks: () => looks };
}

describe('the backend', () => {
	test.each([
		['auto', { isWindows: true }, { name: 'winsock', label: 'Here!' }, 0],
		['posix', { isWindows: true }, { name: 'posix', label: 'Here!' }, 0],
		['auto', {}, { name: 'posix', label: 'Here!' }, 0],
		['posix', { hasWineFolder: true, found: wine }, { name: 'posix', label: 'Here!' }, 0],
		['auto', { hasWineFolder: true, found: wine }, { name: 'winsock', label: 'Wine 8.0!' }, 1],
		['auto', { hasWineFolder: true }, { name: 'posix', label: 'Here!' }, 1],
		['winsock', { found: wine }, { name: 'winsock', label: 'Wine 8.0!' }, 1],
		['winsock', {}, { name: 'winsock', label: 'Wine!', obstacle: 'Wine is not installed.' }, 1],
		['constructor', {}, { name: 'posix', label: 'Here!' }, 0],
	] as const)('%s on %j', async (wanted, given, expected, looks) => {
		const { it, looks: count } = machine(given);
		expect(await chooseBackend(wanted, it)).toEqual(expected);
		expect(count()).toBe(looks);
	});

	test('reaches Winsock where nothing stands in its way', () => {
		expect(hasWinsock({ name: 'winsock', label: '' })).toBe(true);
		expect(hasWinsock({ name: 'winsock', label: '', obstacle: 'no' })).toBe(false);
		expect(hasWinsock({ name: 'posix', label: '' })).toBe(false);
	});
});

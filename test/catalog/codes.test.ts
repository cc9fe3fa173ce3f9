import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { options, types } from '../../server/src/catalog/builtin.generated.ts';
import type { BufferSpec, DocumentedCode } from '../../server/src/catalog/model.ts';
import { rules } from '../../server/src/rules/index.generated.ts';
import { evaluateSize, parseTypeName, sizeOf } from '../../server/src/types/layout.ts';
import { catalogSpec, catalogType } from '../support/builtin.ts';
import { parseMarkers } from '../support/ioctlMarkers.ts';

const folder = join(import.meta.dirname, '../../server/src/catalog/codes');
const files = readdirSync(folder).sort();
/** Every entry with the file it stands in: read from the folder, so that a stale registry hides none. */
const entries = await Promise.all(
	files.map(async (file) => ({
		file,
		code: ((await import(join(folder, file))) as { default: DocumentedCode }).default,
	})),
);
const codes = entries.map((e) => e.code);
const codeNames = new Set(codes.map((c) => c.name));

/** Functions and socket options that entries may name as related, besides codes, types and options of the catalog. */
const FUNCTIONS_AND_OPTIONS = new Set([
	'AcceptEx',
	'CancelIoEx',
	'ConnectEx',
	'CreatePersistentTcpPortReservation',
	'CreatePersistentUdpPortReservation',
	'CreateSortedAddressPairs',
	'DeletePersistentTcpPortReservation',
	'DisconnectEx',
	'GetAcceptExSockaddrs',
	'GetAdaptersAddresses',
	'GetAddrInfoEx',
	'GetBestInterfaceEx',
	'GetBestRoute2',
	'GetPerTcpConnectionEStats',
	'IPPROTO_TCP',
	'IPV6_MULTICAST_HOPS',
	'IPV6_MULTICAST_LOOP',
	'IPV6_UNICAST_IF',
	'IP_ADD_MEMBERSHIP',
	'IP_ADD_SOURCE_MEMBERSHIP',
	'IP_MULTICAST_IF',
	'IP_MULTICAST_LOOP',
	'IP_MULTICAST_TTL',
	'IP_UNICAST_IF',
	'IP_WFP_REDIRECT_RECORDS',
	'IRLMP_ENUMDEVICES',
	'LookupPersistentTcpPortReservation',
	'MCAST_JOIN_GROUP',
	'MCAST_LEAVE_GROUP',
	'NotifyAddrChange',
	'NotifyRouteChange2',
	'QOSAddSocketToFlow',
	'QueryPerformanceCounter',
	'RegisterDeviceNotification',
	'SO_BROADCAST',
	'SO_KEEPALIVE',
	'SO_OOBINLINE',
	'SO_RCVBUF',
	'SO_REUSEADDR',
	'SO_SNDBUF',
	'SO_TIMESTAMP',
	'SO_TIMESTAMP_ID',
	'SetThreadGroupAffinity',
	'TCP_KEEPCNT',
	'TCP_KEEPIDLE',
	'TCP_KEEPINTVL',
	'TCP_MAXRT',
	'TCP_NODELAY',
	'TransmitFile',
	'TransmitPackets',
	'WPUCreateSocketHandle',
	'WSAAsyncSelect',
	'WSADeleteSocketPeerTargetName',
	'WSAEventSelect',
	'WSAImpersonateSocketPeer',
	'WSAJoinLeaf',
	'WSALookupServiceBegin',
	'WSALookupServiceEnd',
	'WSALookupServiceNext',
	'WSANSPIoctl',
	'WSAPoll',
	'WSAQuerySocketSecurity',
	'WSARecv',
	'WSARecvFrom',
	'WSARecvMsg',
	'WSASendMsg',
	'WSASendTo',
	'WSASetSocketPeerTargetName',
	'WSASetSocketSecurity',
	'WskCloseSocket',
	'WskControlSocket',
	'WskDisconnect',
	'WskSendTo',
	'accept',
	'bind',
	'closesocket',
	'connect',
	'getipv4sourcefilter',
	'getsourcefilter',
	'idealsendbacklognotify',
	'idealsendbacklogquery',
	'ioctlsocket',
	'recv',
	'select',
	'sendto',
	'setipv4sourcefilter',
	'setsourcefilter',
	'shutdown',
]);

/** Rules without a file of their own so far. */

const ruleIds = new Set(rules.map((r) => r.id));

/** NT versions up to Windows 8.1 with an optional build (`6.0.6001`), then `10.0.` and the build. */
const WINDOWS_VERSION = /^(?:(?:4\.0|5\.[0-2]|6\.[0-3])(?:\.\d{4})?|10\.0\.\d{5})$/;
const ERROR_NAME = /^(?:WSA|ERROR_|STATUS_)[A-Z0-9_]+$/;

const buffers = (code: DocumentedCode): readonly BufferSpec[] => [code.input, code.output];

test('the folder holds nothing but entries', () => {
	expect(files.filter((f) => !/^(?:sio|fio)[a-z0-9_]*\.ts$/.test(f))).toEqual([]);
	expect(entries.filter((e) => e.code?.name === undefined).map((e) => e.file)).toEqual([]);
	expect(codeNames.size).toBe(files.length);
});

describe.each(entries.map((e) => [e.code.name, e] as const))('%s', (_, { file, code }) => {
	test('stands in the file of its name', () => {
		expect(file).toBe(`${code.name.toLowerCase()}.ts`);
	});

	test('names types that the catalog knows', () => {
		const names = buffers(code).flatMap((b) => [...(b.type ? [b.type] : []), ...(b.accepts ?? [])]);
		expect(names.filter((n) => sizeOf(parseTypeName(n), catalogType) === undefined)).toEqual([]);
		const minima = buffers(code).flatMap((b) => (b.minimum ? [b.minimum] : []));
		expect(minima.filter((m) => evaluateSize(m, catalogType) === undefined)).toEqual([]);
	});

	test('does not list the type itself as a further one', () => {
		for (const { type, accepts = [] } of buffers(code)) {
			expect(accepts.filter((n, i) => n === type || accepts.indexOf(n) !== i)).toEqual([]);
		}
	});

	test('says where a size that rules judge by comes from', () => {
		for (const b of buffers(code)) {
			if (b.use !== 'required' && b.use !== 'optional') continue;
			expect(b.basis).toBeDefined();
			if (b.type || b.minimum) expect(b.confidence).toBeDefined();
		}
	});

	test('gives a size only to a buffer that holds something', () => {
		for (const b of buffers(code)) {
			if (b.use !== 'unused' && b.use !== 'must-be-empty') continue;
			expect([b.type, b.accepts, b.minimum, b.variable, b.sizeQuery]).toEqual(Array(5).fill(undefined));
		}
	});

	test('relates to names that exist', () => {
		const known = (name: string) =>
			codeNames.has(name) ||
			FUNCTIONS_AND_OPTIONS.has(name) ||
			options.some((o) => o.name === name) ||
			catalogSpec(name) !== undefined;
		const related = code.related ?? [];
		expect(related.filter((n, i) => !known(n) || n === code.name || related.indexOf(n) !== i)).toEqual([]);
	});

	test('has a summary of one paragraph', () => {
		expect(code.summary).toMatch(/^[A-Z][^\n]{38,598}\.$/);
	});

	test('states Windows versions as numbers', () => {
		if (code.windows?.version !== undefined) {
			expect(code.windows.version).toMatch(WINDOWS_VERSION);
			expect(code.windows.since).toBeDefined();
		}
	});

	test('names errors as the headers do', () => {
		const errors = [
			...(code.errors ?? []).map((e) => e.error),
			...buffers(code).flatMap((b) => (b.tooSmall ? [b.tooSmall.error] : [])),
			...(code.order ?? []).flatMap((o) => (o.otherwise ? [o.otherwise] : [])),
			...(code.socket?.otherwise ? [code.socket.otherwise] : []),
		];
		expect(errors.filter((e) => !ERROR_NAME.test(e))).toEqual([]);
	});

	test('links to a page by its path', () => {
		if (code.documentation !== undefined) {
			expect(code.documentation).toMatch(
				/^(?:windows|windows-hardware|dotnet|previous-versions)(?:\/[a-z0-9_().=-]+)+$/,
			);
		}
	});

	test('marks exactly the mistake of its wrong example', () => {
		expect(code.examples.accepted).not.toContain('^');
		const { expected } = parseMarkers(code.examples.rejected);
		expect(expected.filter((e) => !ruleIds.has(e.rule))).toEqual([]);
		expect(expected.length).toBeGreaterThan(0);
	});

	test('shows itself in its examples', () => {
		const shown = [code.name, ...(code.aliases ?? []).map((a) => a.name)];
		const uses = (text: string) => shown.some((n) => new RegExp(`\\b${n}\\b`).test(text));
		expect(uses(code.examples.rejected)).toBe(true);
		// What is reserved or missing has no right call; its example shows what to write instead.
		if (!code.status || code.status.kind === 'deprecated') expect(uses(code.examples.accepted)).toBe(true);
		for (const text of Object.values(code.examples)) expect(text).toMatch(/^\n\S[\s\S]*\n}$/);
	});
});

test('no name is claimed twice', () => {
	const claimed = codes.flatMap((c) => [c.name, ...(c.aliases ?? []).map((a) => a.name)]);
	expect(claimed.filter((n, i) => claimed.indexOf(n) !== i)).toEqual([]);
});

test('further names say where they come from', () => {
	const aliases = codes.flatMap((c) => c.aliases ?? []);
	expect(aliases.filter((a) => (a.kind === 'header') !== (a.header !== undefined)).map((a) => a.name)).toEqual([]);
});

test('a type of the catalog has one name', () => {
	const claimed = types.flatMap((t) => [t.name, ...(t.aliases ?? []), ...(t.pointers ?? [])]);
	expect(claimed.filter((n, i) => claimed.indexOf(n) !== i)).toEqual([]);
});

import * as l10n from '@vscode/l10n';
import type { CodeArgument, IoctlCall } from '../../calls/model.ts';
import { hex } from '../../catalog/opcode.ts';
import { type Code, SIDES } from '../buffers.ts';
import { nearest } from '../near.ts';
import type { Fact, Fix, Rule, RuleContext } from '../rule.ts';

type Unknown = Fact &
	/** Only documents spell the name so. */
	(
		| { readonly kind: 'document-name'; readonly name: string; readonly code: Code }
		| { readonly kind: 'near-name'; readonly name: string; readonly near: string }
		/** Nothing but the direction bits differs. */
		| { readonly kind: 'near-number'; readonly value: number; readonly code: Code }
		/** Nothing but the bits of who defines it differs, and no vendor may define the number. */
		| { readonly kind: 'misplaced'; readonly value: number; readonly code: Code }
		/** A name of the headers that the file defines itself, with another number. */
		| { readonly kind: 'redefined'; readonly name: string; readonly value: number; readonly code: Code }
	);

export default {
	id: 'unknown-code',
	title: 'No control code has this name or number, but one comes close',
	severity: 'info',
	severityReason: 'A project header may define the name, and a provider may know codes of its own.',
	description:
		'A name that no Windows header defines but that differs from a known one in a letter or two, a spelling that only a document uses, a number that differs from a known code in nothing but its direction bits or its type bits, or a known name that the file gives another number. Codes that are merely unknown are not reported.',
	withoutFix: 'A definition that is wrong for Windows may be right for another system that the file is made for.',
	stage: 'code',
	accepted: [
		`
void f(SOCKET s)
{
	DWORD on = 1, bytes;
	WSAIoctl(s, SIO_VENDOR_PRIVATE, &on, sizeof(on), NULL, 0, &bytes, NULL, NULL);
}`,
		`
#define OUR_STATUS _WSAIOR(IOC_VENDOR, 4)
void f(SOCKET s)
{
	DWORD status[3], bytes;
	WSAIoctl(s, OUR_STATUS, NULL, 0, status, sizeof(status), &bytes, NULL, NULL);
}`,
		`
#define SIO_KEEPALIVE_VALS _WSAIOW(IOC_VENDOR, 4)
void f(SOCKET s)
{
	struct tcp_keepalive vals = { 1, 10000, 1000 };
	DWORD bytes;
	WSAIoctl(s, SIO_KEEPALIVE_VALS, &vals, sizeof(vals), NULL, 0, &bytes, NULL, NULL);
}`,
	],
	rejected: [
		`
void f(SOCKET s)
{
	DWORD mode = RCVALL_ON, bytes;
	WSAIoctl(s, SIO_RECVALL, &mode, sizeof(mode), NULL, 0, &bytes, NULL, NULL);
	//          ^^^^^^^^^^^ unknown-code
}`,
		`
void f(SOCKET s)
{
	struct tcp_keepalive vals = { 1, 10000, 1000 };
	DWORD bytes;
	WSAIoctl(s, SIO_KEEPALIVE_VAL, &vals, sizeof(vals), NULL, 0, &bytes, NULL, NULL);
	//          ^^^^^^^^^^^^^^^^^ unknown-code
}`,
		`
void f(SOCKET s)
{
	struct tcp_keepalive vals = { 1, 10000, 1000 };
	DWORD bytes;
	WSAIoctl(s, 0x18000004, &vals, sizeof(vals), NULL, 0, &bytes, NULL, NULL);
	//          ^^^^^^^^^^ unknown-code
}`,
		`
void f(SOCKET s)
{
	struct tcp_keepalive vals = { 1, 10000, 1000 };
	DWORD bytes;
	WSAIoctl(s, _WSAIOW(IOC_WS2, 4), &vals, sizeof(vals), NULL, 0, &bytes, NULL, NULL);
	//          ^^^^^^^^^^^^^^^^^^^ unknown-code
}`,
		`
#define OUR_KEEPALIVE 0x88000004
void f(SOCKET s)
{
	struct tcp_keepalive vals = { 1, 10000, 1000 };
	DWORD bytes;
	WSAIoctl(s, OUR_KEEPALIVE, &vals, sizeof(vals), NULL, 0, &bytes, NULL, NULL);
	//          ^^^^^^^^^^^^^ unknown-code
}`,
	],
	check(call, context) {
		if (call.code.entry) return [];
		const found = close(call, context);
		return found ? [found] : [];
	},
	message(fact, context) {
		switch (fact.kind) {
			case 'document-name':
				return l10n.t(
					'`{0}` stands in a document only; no Windows header defines it, and the name does not compile. Write `{1}`.',
					fact.name,
					fact.code.name,
				);
			case 'near-name':
				return `${l10n.t('No Windows header defines `{0}`.', fact.name)} ${l10n.t('Did you mean `{0}`?', fact.near)}`;
			case 'near-number':
			case 'misplaced':
				return nearText(fact.kind, fact.value, fact.code, context);
			case 'redefined': {
				const { header, opcode } = fact.code;
				const what = l10n.t(
					'The file defines `{0}` as {1}, but the Windows headers as {2}. {3} knows the headers’ number alone.',
					fact.name,
					hex(fact.value),
					hex(opcode.value),
					context.api.id,
				);
				const advice = header
					? l10n.t('Include `{0}` and leave the definition out.', header)
					: l10n.t('Leave the definition out.');
				return `${what} ${advice}`;
			}
		}
	},
	fix(fact, context) {
		switch (fact.kind) {
			case 'document-name':
				return write(fact, fact.code.name);
			case 'near-name':
				return write(fact, fact.near);
			case 'near-number':
			case 'misplaced':
				return write(fact, written(fact.code, context));
			case 'redefined':
				return undefined;
		}
	},
} satisfies Rule<Unknown>;

const written = ({ name, opcode }: Code, { wording }: RuleContext): string => wording.code(name, opcode.value);

const write = ({ span: { start, end } }: Fact, newText: string): Fix => ({
	title: l10n.t('Write {0}', newText),
	edits: [{ start, end, newText }],
});

function nearText(kind: 'near-number' | 'misplaced', value: number, code: Code, context: RuleContext): string {
	const own = hex(code.opcode.value);
	const sentences =
		kind === 'near-number'
			? [
					l10n.t('No known control code has the value {0}.', hex(value)),
					l10n.t('`{0}` is {1}, which differs in the direction bits alone, and those count.', code.name, own),
				]
			: [
					l10n.t('No known control code has the value {0}, and none may be made up with its type bits.', hex(value)),
					l10n.t('`{0}` is {1}, which differs in those alone.', code.name, own),
				];
	return [...sentences, l10n.t('Write `{0}`.', written(code, context))].join(' ');
}

function close(call: IoctlCall, context: RuleContext): Unknown | undefined {
	const { code } = call;
	const { name } = code;
	if (name === undefined) return byBits(call, context);
	if (!code.ownName) return byName(code, name, context);
	if (context.catalog.code(name)) return redefined(code, name, context);
	// Any vendor may define a code of any direction, but none in the space of others.
	const near = byBits(call, context);
	return near?.kind === 'misplaced' ? near : undefined;
}

function byName(code: CodeArgument, name: string, { catalog, family }: RuleContext): Unknown | undefined {
	if (code.values.length > 0) return undefined;
	const known = catalog.code(name);
	if (known?.alias?.kind === 'document') return { kind: 'document-name', span: code, name, code: known.code };
	if (known || name.length < 8 || !/^[A-Z][A-Z0-9_]*$/.test(name)) return undefined;
	const names = [...catalog.codeNames()].filter((other) => {
		const found = catalog.code(other);
		return found?.code.opcode.family === family.id && found.alias?.kind !== 'document';
	});
	const near = nearest(name, names);
	return near !== undefined ? { kind: 'near-name', span: code, name, near } : undefined;
}

function byBits(call: IoctlCall, { catalog, family }: RuleContext): Unknown | undefined {
	const { code } = call;
	const [value, ...values] = code.values;
	if (value === undefined || values.length > 0) return undefined;
	const near = catalog.near(value, [family]);
	const all = [...near, ...catalog.misplaced(value, family)];
	const fitting = all.filter((other) => hasBuffersOf(call, other));
	const [only, ...others] = all.length > 1 ? fitting : all;
	if (!only || others.length > 0 || only.opcode.value === value) return undefined;
	return { kind: near.includes(only) ? 'near-number' : 'misplaced', span: code, value, code: only };
}

/** The call gives what the code asks for, as far as buffers are there at all. */
const hasBuffersOf = (call: IoctlCall, code: Code): boolean =>
	SIDES.every((side) => {
		const given = call[side]?.pointer.nullness;
		const { use } = code[side];
		if (given === 'null') return use !== 'required';
		return given !== 'not-null' || (use !== 'unused' && use !== 'must-be-empty');
	});

function redefined(code: CodeArgument, name: string, { catalog }: RuleContext): Unknown | undefined {
	const known = catalog.code(name);
	const [value, ...values] = code.values;
	if (!known || known.alias?.kind === 'document' || value === undefined || values.length > 0) return undefined;
	if (value === known.code.opcode.value) return undefined;
	return { kind: 'redefined', span: code, name, value, code: known.code };
}

import type { CodeArgument, IoctlCall } from '../../calls/model.ts';
import { codes } from '../../catalog/builtin.generated.ts';
import { allCodeNames, codeByName } from '../../catalog/lookup.ts';
import { hex } from '../../catalog/opcode.ts';
import type { Report, Rule } from '../rule.ts';

/** The bits that only describe which way data goes. */
const DIRECTION = 0xe0000000;

export default {
	id: 'unknown-code',
	title: 'No control code has this name or number, but one comes close',
	severity: 'info',
	severityReason: 'A project header may define the name, and a provider may know codes of its own.',
	description:
		'A name that no Windows header defines but that differs from a known one in a letter or two, a spelling that only a document uses, a number that differs from a known code in nothing but its direction bits, or a known name that the file gives another number. Codes that are merely unknown are not reported.',
	precedence: 16,
	accepted: [
		`
void f(SOCKET s)
{
	DWORD on = 1, bytes;
	WSAIoctl(s, SIO_VENDOR_PRIVATE, &on, sizeof(on), NULL, 0, &bytes, NULL, NULL);
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
	],
	check(call) {
		const { code } = call;
		if (code.entry) return [];
		const found = code.name === undefined ? byBits(call) : code.ownName ? redefined(code) : byName(code);
		return found ? [{ span: code, ...found }] : [];
	},
} satisfies Rule;

type Found = Pick<Report, 'message' | 'fix'>;

const write = (code: CodeArgument, newText: string): Report['fix'] => ({
	title: `Write ${newText}`,
	edits: [{ start: code.start, end: code.end, newText }],
});

function byName(code: CodeArgument): Found | undefined {
	const name = code.name!;
	if (code.values.length > 0) return undefined;
	const known = codeByName(name);
	if (known?.alias?.kind === 'document')
		return {
			message: `\`${name}\` stands in a document only; no Windows header defines it, and the name does not compile. Write \`${known.code.name}\`.`,
			fix: write(code, known.code.name)!,
		};
	if (known || name.length < 8 || !/^[A-Z][A-Z0-9_]*$/.test(name)) return undefined;
	const near = [...allCodeNames()].filter(
		(other) => codeByName(other)!.alias?.kind !== 'document' && isNear(name, other),
	);
	if (near.length !== 1) return undefined;
	return {
		message: `No Windows header defines \`${name}\`. Did you mean \`${near[0]}\`?`,
		fix: write(code, near[0]!)!,
	};
}

function byBits({ code, hasSizeof }: IoctlCall): Found | undefined {
	const [value] = code.values;
	if (value === undefined || code.values.length !== 1) return undefined;
	const near = codes.filter((c) => (c.opcode.value & ~DIRECTION) === (value & ~DIRECTION));
	const [only] = near;
	if (!only || near.length !== 1 || only.opcode.value === value) return undefined;
	// Other languages have no header that gives the name.
	const wanted = hasSizeof === false ? hex(only.opcode.value) : only.name;
	return {
		message: `No known control code has the value ${hex(value)}. \`${only.name}\` is ${hex(only.opcode.value)}, which differs in the direction bits alone, and those count. Write \`${wanted}\`.`,
		fix: write(code, wanted)!,
	};
}

/** A name of the headers that the file defines itself, with another number. */
function redefined(code: CodeArgument): Found | undefined {
	const known = codeByName(code.name!);
	const [value] = code.values;
	if (!known || known.alias?.kind === 'document' || value === undefined || code.values.length !== 1) return undefined;
	const { opcode, header } = known.code;
	const right = opcode.value;
	if (value === right) return undefined;
	return {
		message: `The file defines \`${code.name}\` as ${hex(value)}, but the Windows headers as ${hex(right)}. WSAIoctl knows the headers’ number alone. ${header ? `Include \`${header}\` and leave` : 'Leave'} the definition out.`,
	};
}

/** At most two letters inserted, left out, exchanged for another or for each other; digits must agree. */
function isNear(a: string, b: string): boolean {
	if (Math.abs(a.length - b.length) > 2 || a.replace(/\D/g, '') !== b.replace(/\D/g, '')) return false;
	let before: number[] = [];
	let row = Array.from({ length: b.length + 1 }, (_, j) => j);
	for (let i = 1; i <= a.length; i++) {
		const next = [i];
		for (let j = 1; j <= b.length; j++) {
			const same = a[i - 1] === b[j - 1];
			let best = Math.min(row[j]! + 1, next[j - 1]! + 1, row[j - 1]! + (same ? 0 : 1));
			if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) best = Math.min(best, before[j - 2]! + 1);
			next.push(best);
		}
		before = row;
		row = next;
	}
	return row[b.length]! <= 2;
}

import * as l10n from '@vscode/l10n';
import type { ValueRange } from '../../catalog/model.ts';
import { grouped, type InputValue, inputValues } from '../inputs.ts';
import type { Fact, Rule } from '../rule.ts';
import { bytes, fails, listed } from '../wording.ts';

type Unfit = Fact & { readonly code: string; readonly name: string } & Misfit;

type Misfit =
	| { readonly kind: 'cut'; readonly value: number; readonly bytes: number; readonly isMember: boolean }
	| { readonly kind: 'outside'; readonly value: number; readonly range: ValueRange }
	/** `isDefault`: it is what a parameter is unless the caller says otherwise. */
	| { readonly kind: 'minus-one'; readonly isDefault: boolean }
	/** `names`: all members that are left at 0 in one place. */
	| { readonly kind: 'zero'; readonly names: readonly string[]; readonly unit?: string };

export default {
	id: 'input-value',
	title: 'The code takes the value for something else, or not at all',
	severity: 'warning',
	severityReason:
		'The number that arrives is not the one that is written, or the documents name the error; a hint where the value is legal and only its meaning is doubtful.',
	description:
		'Of a number that does not fit into the bytes that the code reads the low ones arrive alone. Some codes take a few values only. −1 often stands for "not set", but a switch takes everything except 0 for "on". Of 0 as a time no source says what it means.',
	withoutFix: 'Which value is meant only the author knows.',
	stage: 'need',
	accepted: [
		`
void f(SOCKET s, int on)
{
	struct tcp_keepalive vals = { 1, 60000, 1000 };
	struct tcp_keepalive off = { 0 };
	RCVALL_VALUE mode = RCVALL_IPLEVEL;
	TCP_INITIAL_RTO_PARAMETERS rto = { (USHORT)-1, (UCHAR)-2 };
	DWORD bytes;
	WSAIoctl(s, SIO_TCP_INITIAL_RTO, &rto, sizeof(rto), NULL, 0, &bytes, NULL, NULL);
	WSAIoctl(s, SIO_KEEPALIVE_VALS, &vals, sizeof(vals), NULL, 0, &bytes, NULL, NULL);
	WSAIoctl(s, SIO_KEEPALIVE_VALS, &off, sizeof(off), NULL, 0, &bytes, NULL, NULL);
	WSAIoctl(s, SIO_RCVALL, &mode, sizeof(mode), NULL, 0, &bytes, NULL, NULL);
	vals.onoff = on;
	WSAIoctl(s, SIO_KEEPALIVE_VALS, &vals, sizeof(vals), NULL, 0, &bytes, NULL, NULL);
}`,
	],
	rejected: [
		`
void f(SOCKET s)
{
	DWORD mode = 7;
	//           ^ input-value
	DWORD bytes;
	WSAIoctl(s, SIO_RCVALL, &mode, sizeof(mode), NULL, 0, &bytes, NULL, NULL);
}`,
		`
void f(SOCKET s)
{
	struct tcp_keepalive vals;
	DWORD bytes;
	vals.onoff = -1;
	//           ^^ input-value
	vals.keepalivetime = 60000;
	vals.keepaliveinterval = 0;
	//                       ^ input-value
	WSAIoctl(s, SIO_KEEPALIVE_VALS, &vals, sizeof(vals), NULL, 0, &bytes, NULL, NULL);
}`,
		`
void f(SOCKET s)
{
	DWORD frequency = 256;
	//                ^^^ input-value
	DWORD bytes;
	WSAIoctl(s, SIO_TCP_SET_ACK_FREQUENCY, &frequency, sizeof(frequency), NULL, 0, &bytes, NULL, NULL);
}`,
	],
	check(call, context) {
		const found = inputValues(call, context)
			.map(unfit)
			.filter((fact) => fact !== undefined)
			.filter((fact) => fact.kind !== 'outside' || !call.expects.includes(fact.range.otherwise ?? ''));
		return together(found);
	},
	message(fact, context) {
		const { code, name } = fact;
		switch (fact.kind) {
			case 'cut':
				return cutText(fact);
			case 'outside': {
				const { from, to, otherwise } = fact.range;
				const what = l10n.t('`{0}` is {1}, but `{2}` takes {3} to {4}.', name, fact.value, code, from, to);
				const consequence = otherwise === undefined ? '' : ` ${fails(context, otherwise)}.`;
				return `${what}${consequence} ${l10n.t('Pass one of these.')}`;
			}
			case 'minus-one': {
				const what = fact.isDefault
					? l10n.t('`{0}` is −1 unless the caller says otherwise.', name)
					: l10n.t('`{0}` is −1.', name);
				return `${what} ${l10n.t('−1 is not 0: it switches on what `{0}` is for. Pass 1 or 0, and leave the call out where nothing is set.', code)}`;
			}
			case 'zero': {
				const what = l10n.t('No source says what 0 means as {0}.', listed(fact.names.map((n) => `\`${n}\``)));
				return `${what} ${fact.unit === 'ms' ? l10n.t('Set a time in milliseconds.') : l10n.t('Set another value.')}`;
			}
		}
	},
} satisfies Rule<Unfit>;

function cutText({ code, name, value, bytes: read, isMember }: Unfit & { readonly kind: 'cut' }): string {
	const most = 2 ** (8 * read) - 1;
	const [given, arrives] = [grouped(value), grouped(value % (most + 1))];
	const what = isMember
		? l10n.t('`{0}` has {1}, so that {2} arrives as {3}.', name, bytes(read), given, arrives)
		: l10n.t('`{0}` reads {1} of `{2}`, so that {3} arrives as {4}.', code, bytes(read), name, given, arrives);
	return `${what} ${l10n.t('Use a value up to {0}.', grouped(most))}`;
}

function unfit(input: InputValue): Unfit | undefined {
	const { given, facts, span, name, isMember } = input;
	const found = { span, code: input.code.name, name };
	const { value } = given;
	if (input.switch === 0) return undefined;
	if (facts.onOff && (isMinusOne(value) || given.byDefault === -1))
		return { ...found, kind: 'minus-one', severity: 'hint', isDefault: value === undefined };
	if (typeof value !== 'number') return undefined;
	// A negative number is known as an unsigned one, and means its low bytes.
	if (input.bytes !== undefined && input.bytes < 4 && value >= 2 ** (8 * input.bytes) && value <= 0x7fff_ffff)
		return { ...found, kind: 'cut', value, bytes: input.bytes, isMember };
	const { range } = facts;
	if (range && (value < range.from || value > range.to)) return { ...found, kind: 'outside', value, range };
	const { unit } = facts;
	// What an unknown switch may turn off has no meaning to look for.
	if (facts.zeroUntold && value === 0 && (facts.switchedBy === undefined || typeof input.switch === 'number'))
		return { ...found, kind: 'zero', names: [name], severity: 'hint', ...(unit === undefined ? {} : { unit }) };
	return undefined;
}

/** Members that are left at 0 by one initialiser are told of together. */
function together(facts: readonly Unfit[]): readonly Unfit[] {
	const zeros = new Map<number, string[]>();
	return facts.flatMap((fact): readonly Unfit[] => {
		if (fact.kind !== 'zero') return [fact];
		const names = zeros.get(fact.span.start);
		if (names) {
			names.push(...fact.names);
			return [];
		}
		const all = [...fact.names];
		zeros.set(fact.span.start, all);
		return [{ ...fact, names: all }];
	});
}

/** As a signed or as an unsigned number. */
const isMinusOne = (value: number | string | undefined): boolean => value === -1 || value === 0xffff_ffff;

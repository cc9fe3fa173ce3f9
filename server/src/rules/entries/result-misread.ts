import * as l10n from '@vscode/l10n';
import type { IoctlCall, ResultTest } from '../../calls/model.ts';
import type { ErrorStyle } from '../../catalog/family.ts';
import type { Edit, Fact, Fix, Rule, RuleContext } from '../rule.ts';

interface Misread extends Fact {
	readonly test: ResultTest;
	readonly call: IoctlCall;
}

export default {
	id: 'result-misread',
	title: 'The result is taken for a BOOL, or success for failure',
	severity: 'warning',
	severityReason:
		'The test has the same outcome for every call, or the error is looked for when there is none. A note where `!!` makes a truth value of the result and nothing tells what it is taken for.',
	description:
		'WSAIoctl, ioctlsocket and the functions of service providers return 0 for success and SOCKET_ERROR (-1) for failure; WskControlSocket returns an NTSTATUS. Neither is a BOOL: nothing equals `TRUE`, a macro that tests a BOOL takes success for failure, an unsigned variable is never below 0, and what WSAGetLastError says in the branch for 0 is left from an earlier call. `== 0`, `== SOCKET_ERROR`, `< 0` and `!` for success are right.',
	withoutFix:
		'What is compared with a number that is no result, or made a truth value and returned, may be meant either way.',
	stage: 'answer',
	accepted: [
		`
int f(SOCKET s)
{
	u_long on = 1;
	int result = ioctlsocket(s, FIONBIO, &on);
	if (result == SOCKET_ERROR) return WSAGetLastError();
	if (!ioctlsocket(s, FIONBIO, &on)) return 0;
	return WSAGetLastError();
}`,
		`
int f(SOCKET s)
{
	u_long on = 1;
	if (ioctlsocket(s, FIONBIO, &on) == 0) {
		send(s, "", 0, 0);
		return WSAGetLastError();
	}
	return RETURN_IF_WIN32_BOOL_FALSE(ioctlsocket(s, FIONBIO, &on) != SOCKET_ERROR);
}`,
	],
	rejected: [
		`
int f(SOCKET s)
{
	u_long on = 1;
	return ioctlsocket(s, FIONBIO, &on) == TRUE;
	//     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ result-misread
}`,
		`
int f(SOCKET s)
{
	u_long on = 1;
	int result = !!ioctlsocket(s, FIONBIO, &on);
	if (!result) return WSAGetLastError();
	//  ^^^^^^^ result-misread
	return 0;
}`,
		`
int f(SOCKET s)
{
	u_long on = 1;
	if (s) RETURN_IF_WIN32_BOOL_FALSE(ioctlsocket(s, FIONBIO, &on));
	//     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ result-misread
	return 0;
}`,
	],
	// What a wrapper returns is its own affair.
	check: (call, { api }) =>
		call.resultTests.flatMap((test): Misread[] => {
			if (!isMisread(test, api.errorStyle)) return [];
			const span = { start: test.start, end: test.end };
			return [{ span, test, call, ...(test.kind === 'doubled' && !test.holder ? { severity: 'info' } : {}) }];
		}),
	message({ test }, context) {
		const { results, failed, succeeded } = resultsOf(context);
		const returns = l10n.t('{0} returns {1}', context.api.id, results);
		const outcomes = l10n.t('Write {0} for success, {1} for failure.', succeeded, failed);
		return `${misreadText(test, returns, context)} ${outcomes}`;
	},
	fix({ test, call }, { api, wording }) {
		if (api.errorStyle !== 'winsock') return undefined;
		const write = (newText: string): Fix => ({
			title: isShort(newText) ? l10n.t('Write {0}', newText) : l10n.t('Write the comparison'),
			edits: changes(test, newText),
		});
		switch (test.kind) {
			case 'equality':
				return test.truth ? undefined : equalityFix(test.text, test.value, wording, write);
			case 'checked': {
				const isInside = test.start <= call.start && call.end < test.end;
				const end = isInside ? call.end : test.end;
				const edit: Edit = { start: end, end, newText: ` ${wording.notFailed}` };
				return { title: l10n.t('Compare with {0}', wording.notFailed), edits: [edit] };
			}
			case 'asked': {
				const other = opposite(test.text, wording.closedBuffers);
				return other === undefined ? undefined : write(other);
			}
			case 'doubled':
				return test.holder !== undefined && test.text.startsWith('!!')
					? write(`${test.text.slice(2)} ${wording.succeeded}`)
					: undefined;
			default:
				return undefined;
		}
	},
} satisfies Rule<Misread>;

/** What the source takes the result for, and what it is. @param returns what the function returns, as a sentence. */
function misreadText(test: ResultTest, returns: string, context: RuleContext): string {
	const isTold = isShort(test.text);
	const written = isTold ? `\`${test.text}\`` : l10n.t('This expression');
	switch (test.kind) {
		case 'equality': {
			const value = told(test.value);
			if (!test.truth) {
				const what = l10n.t('{0} always has the same outcome: {1}, never {2}.', written, returns, value);
				return [what, ...errorTold(test.value, context)].join(' ');
			}
			return [
				l10n.t('{0} compares a truth value, 0 or 1, with {1}: it always has the same outcome.', written, value),
				`${returns}. ${l10n.t('Compare the result itself.')}`,
			].join(' ');
		}
		case 'positive':
			return l10n.t('{0} always has the same outcome: {1}.', written, returns);
		case 'unsigned':
			return l10n.t(
				'{0} always has the same outcome: as an unsigned number no result is below 0. {1}.',
				written,
				returns,
			);
		case 'checked':
			return l10n.t(
				'`{0}` tests a BOOL, but {1}: success is taken for failure. Give it a comparison.',
				test.by,
				returns,
			);
		case 'asked':
			return isTold
				? l10n.t(
						'The branch for {0} asks {1} for an error, but the call has succeeded there: {2}.',
						written,
						test.by,
						returns,
					)
				: l10n.t('The branch for this asks {0} for an error, but the call has succeeded there: {1}.', test.by, returns);
		case 'doubled':
			return l10n.t('{0} is 1 when the call has failed, and 0 when it has succeeded: {1}.', written, returns);
	}
}

/** What differs between a text and another one, in front of what they share and behind it. */
function changes({ start, text }: ResultTest, newText: string): Edit[] {
	// Where the call begins stands what a wrapper passes, which is left alone.
	const isOpened = newText.startsWith('(') && newText.endsWith(')') && !text.startsWith('(');
	const made = isOpened ? newText.slice(1) : newText;
	let same = 0;
	while (same < text.length && text[same] === made[same]) same++;
	let end = text.length;
	let to = made.length;
	for (; end > same && to > same && text[end - 1] === made[to - 1]; end--) to--;
	const tail: Edit = { start: start + same, end: start + end, newText: made.slice(same, to) };
	if (!isOpened) return [tail];
	return same === 0 ? [{ ...tail, newText: `(${tail.newText}` }] : [{ start, end: start, newText: '(' }, tail];
}

const COMPARISON = /(===?|!==?)\s*(-?\w+)$/;
const MIRRORED = /^(-?\w+)\s*(===?|!==?)/;

/** `== TRUE` asks for success; an error is told by WSAGetLastError. */
function equalityFix(
	text: string,
	value: number | string,
	{ succeeded, failed, notFailed, closedBuffers }: RuleContext['wording'],
	write: (newText: string) => Fix,
): Fix | undefined {
	const compared = comparisonIn(text);
	if (!compared) return undefined;
	const { left, operator, right } = compared;
	const isEqual = operator.startsWith('=');
	// Whoever takes the result for an error may have meant a failure by 1 as well.
	if (value === 1) return { ...write(`${left} ${isEqual ? succeeded : failed}`), unfinished: true };
	if (typeof value !== 'string' || closedBuffers) return undefined;
	return isEqual
		? write(`(${left} ${failed} && WSAGetLastError() == ${right})`)
		: write(`(${left} ${notFailed} || WSAGetLastError() != ${right})`);
}

/** The condition that holds where another one does not; undefined for what is more than one comparison. */
function opposite(text: string, isStrict: boolean): string | undefined {
	if (/&&|\|\||[?<>]/.test(text)) return undefined;
	const [unequal, equal] = isStrict ? ['!==', '==='] : ['!=', '=='];
	const compared = comparisonIn(text);
	const { left } = compared ?? { left: text };
	if (/[=!]=/.test(left) || left === '') return undefined;
	if (compared) {
		const { operator, right } = compared;
		const other = operator.startsWith('!') ? operator.replace('!', '=') : operator.replace('=', '!');
		return left.startsWith('!') ? undefined : `${left} ${other} ${right}`;
	}
	if (left.startsWith('!!')) return `${left.slice(2)} ${equal} 0`;
	return left.startsWith('!') ? `${left.slice(1)} ${unequal} 0` : `${left} ${equal} 0`;
}

interface Comparison {
	/** What depends on the result. */
	readonly left: string;
	readonly operator: string;
	/** The constant. */
	readonly right: string;
}

/** A comparison with a constant, which may stand in front as well. */
function comparisonIn(text: string): Comparison | undefined {
	const behind = COMPARISON.exec(text);
	if (behind) return { left: text.slice(0, behind.index).trimEnd(), operator: behind[1] ?? '', right: behind[2] ?? '' };
	const before = MIRRORED.exec(text);
	return before
		? { left: text.slice(before[0].length).trimStart(), operator: before[2] ?? '', right: before[1] ?? '' }
		: undefined;
}

/** What a function returns, and how both outcomes are tested. */
function resultsOf({ api, wording }: RuleContext): Readonly<Record<'results' | 'failed' | 'succeeded', string>> {
	switch (api.errorStyle) {
		case 'ntstatus':
			return { results: l10n.t('an NTSTATUS'), failed: '`!NT_SUCCESS(…)`', succeeded: '`NT_SUCCESS(…)`' };
		case 'errno':
			return { results: l10n.t('0 or -1'), failed: '`== -1`', succeeded: '`== 0`' };
		default:
			return {
				results: l10n.t('0 or SOCKET_ERROR (-1)'),
				failed: `\`${wording.failed}\``,
				succeeded: `\`${wording.succeeded}\``,
			};
	}
}

function isMisread(test: ResultTest, style: ErrorStyle): boolean {
	// A BOOL is what it is taken for.
	if (style === 'win32') return false;
	if (style !== 'ntstatus') return test.kind !== 'equality' || test.truth || test.value !== -1;
	// An NTSTATUS has many values, and 0 is not the only one of success.
	if (test.kind === 'equality')
		return test.truth || test.value === 1 || test.value === -1 || typeof test.value === 'string';
	return test.kind === 'checked';
}

/** Code that is longer than a line is seen beside the message. */
const isShort = (text: string): boolean => text.length <= 60 && !text.includes('\n');

const told = (value: number | string): string => (value === 1 ? '1 (`TRUE`)' : `\`${value}\``);

/** Where an error is found that the result was compared with. */
const errorTold = (value: number | string, { api }: RuleContext): readonly string[] =>
	typeof value === 'string' && api.errorStyle === 'winsock' ? [l10n.t('WSAGetLastError tells the error.')] : [];

import type { ResultTest } from '../../calls/model.ts';
import type { ErrorStyle } from '../../catalog/family.ts';
import type { Fact, Rule, RuleContext } from '../rule.ts';

interface Misread extends Fact {
	readonly test: ResultTest;
}

export default {
	id: 'result-misread',
	title: 'The result is taken for a BOOL, or success for failure',
	severity: 'warning',
	severityReason:
		'The test has the same outcome for every call, or the error is looked for when there is none. A note where `!!` makes a truth value of the result and nothing tells what it is taken for.',
	description:
		'WSAIoctl, ioctlsocket and the functions of service providers return 0 for success and SOCKET_ERROR (-1) for failure; WskControlSocket returns an NTSTATUS. Neither is a BOOL: nothing equals `TRUE`, a macro that tests a BOOL takes success for failure, and what WSAGetLastError says in the branch for 0 is left from an earlier call. `== 0`, `== SOCKET_ERROR`, `< 0` and `!` for success are right.',
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
			return [{ span, test, ...(test.kind === 'doubled' && !test.holder ? { severity: 'info' } : {}) }];
		}),
	message({ test }, context) {
		const { api } = context;
		const { results, failed, succeeded } = RESULTS[api.errorStyle] ?? RESULTS.winsock;
		const returns = `${api.id} returns ${results}`;
		const outcomes = `Write ${succeeded} for success, ${failed} for failure.`;
		const written = shortened(test.text);
		switch (test.kind) {
			case 'equality':
				return test.truth
					? `${written} compares a truth value, 0 or 1, with ${told(test.value)}: it always has the same outcome. ${returns}. Compare the result itself. ${outcomes}`
					: `${written} always has the same outcome: ${returns}, never ${told(test.value)}. ${errorTold(test.value, context)}${outcomes}`;
			case 'positive':
				return `${written} always has the same outcome: ${returns}. ${outcomes}`;
			case 'checked':
				return `\`${test.by}\` tests a BOOL, but ${returns}: success is taken for failure. Give it a comparison. ${outcomes}`;
			case 'asked':
				return `The branch for ${written} asks ${test.by} for an error, but the call has succeeded there: ${returns}. ${outcomes}`;
			case 'doubled':
				return `${written} is 1 when the call has failed, and 0 when it has succeeded: ${returns}. ${outcomes}`;
		}
	},
} satisfies Rule<Misread>;

/** What a function returns, and how both outcomes are tested. */
const WINSOCK = { results: '0 or SOCKET_ERROR (-1)', failed: '`== SOCKET_ERROR`', succeeded: '`== 0`' };
const RESULTS: Readonly<Partial<Record<ErrorStyle, typeof WINSOCK>>> & { readonly winsock: typeof WINSOCK } = {
	winsock: WINSOCK,
	ntstatus: { results: 'an NTSTATUS', failed: '`!NT_SUCCESS(…)`', succeeded: '`NT_SUCCESS(…)`' },
	errno: { results: '0 or -1', failed: '`== -1`', succeeded: '`== 0`' },
};

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
const shortened = (text: string): string => (text.length <= 60 && !text.includes('\n') ? `\`${text}\`` : 'this');

const told = (value: number | string): string => (value === 1 ? '1 (`TRUE`)' : `\`${value}\``);

/** Where an error is found that the result was compared with. */
const errorTold = (value: number | string, { api }: RuleContext): string =>
	typeof value === 'string' && api.errorStyle === 'winsock' ? 'WSAGetLastError tells the error. ' : '';

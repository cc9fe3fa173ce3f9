/**
 * Compares the rules with Wine's conformance test, which also runs on Windows and so says what Windows answers: a call
 * that is asserted to fail should be reported with the error that is asserted, and one that is asserted to succeed
 * should not be reported, but where it says more bytes than its object has.
 */
import type { IoctlCall } from '../../server/src/calls/model.ts';
import type { CheckResult } from '../../server/src/check/check.ts';

/** What the test asserts right behind a call. */
interface Assertion {
	readonly call: IoctlCall;
	readonly line: number;
	readonly fails: boolean;
	readonly error?: string;
}

/** The assertions behind each call whose result is asserted. */
function readAssertions(text: string, calls: readonly IoctlCall[]): Assertion[] {
	return calls.flatMap((call, i) => {
		const variable = /(\w+)\s*=\s*$/.exec(text.slice(0, call.start))?.[1];
		const behind = text.slice(call.end, calls[i + 1]?.start ?? text.length);
		// Up to the next statement that is no assertion: it may be another call that sets the error.
		const asserted =
			/^\s*;((?:\s*(?:error = GetLastError\(\)|(?:todo_wine(?:_if\s*\([^;]*?\))?\s*)?ok\s*\((?:[^;"]|"(?:[^"\\]|\\.)*")*\))\s*;)+)/.exec(
				behind,
			)?.[1];
		if (!variable || !asserted) return [];
		const result = new RegExp(`ok\\s*\\(\\s*(!?)${variable}\\s*(?:==\\s*(-1|SOCKET_ERROR|0))?\\s*(?:,|&&)`).exec(
			asserted,
		);
		if (!result) return [];
		const fails = result[2] === undefined ? result[1] === '' : result[2] !== '0';
		const error = /\b(?:error|\w+Error\(\))\s*==\s*(\w+)/.exec(asserted)?.[1];
		// A pending operation has not failed.
		if (fails && /IO_PENDING/.test(error ?? '')) return [];
		const line = text.slice(0, call.calleeSpan.start).split('\n').length;
		return [{ call, line, fails, ...(error ? { error } : {}) }];
	});
}

/** Why arguments alone do not decide that a call fails, by code and error. */
const BEYOND_ARGUMENTS: Readonly<Record<string, string>> = {
	'FIONBIO WSAEINVAL': 'WSAEventSelect has made the socket non-blocking before',
	'codes[i] WSAEOPNOTSUPP': 'a loop over a table of codes, on a socket that answers none of them',
	'SIO_GET_EXTENSION_FUNCTION_POINTER WSAEINVAL': 'a GUID of any number may be known to some provider',
	'SIO_ROUTING_INTERFACE_QUERY WSAEAFNOSUPPORT': 'the family is in the address, which is set at run time',
	'SIO_ROUTING_INTERFACE_QUERY WSAEINVAL': 'the address has no route: it is still 0',
	'SIO_ADDRESS_LIST_CHANGE WSAEWOULDBLOCK': 'the socket is non-blocking',
	'SIO_ADDRESS_LIST_QUERY WSAEFAULT': 'a question for the size needed, which is answered together with this error',
	'SIO_IDEAL_SEND_BACKLOG_QUERY WSAENOTCONN': 'the socket is not connected, and the test names the error',
	'SIO_IDEAL_SEND_BACKLOG_QUERY WSAEOPNOTSUPP': 'the socket is a datagram socket, and the test names the error',
};

/** Rules that warn of the caller's memory: Windows cannot see where an object ends, and takes a size that exceeds it. */
const OF_MEMORY = new Set(['size-exceeds-object']);

export interface Conformance {
	/** Figures, and the failures that no rule predicts with the reason of each. */
	readonly report: readonly string[];
	/** Every failure that arguments decide is predicted, and nothing that succeeds is reported. */
	readonly whole: boolean;
}

/** Compares what the test's text asserts with what was found in it. */
export function conformance(text: string, result: CheckResult): Conformance {
	const calls = result.calls.filter((c) => c.through === undefined);
	const assertions = readAssertions(text, calls);
	const notes: string[] = [];
	const unpredicted = new Map<string, number[]>();
	let predicted = 0;
	let wrong = 0;
	for (const { call, line, fails, error } of assertions) {
		const findings = result.findings.filter((f) => f.call === call && /error|warning/.test(f.severity));
		const errors = findings.flatMap((f) => f.message.match(/\bWSAE[A-Z]+\b/g) ?? []);
		if (!fails) {
			const doubted = findings.filter(({ rule, severity }) => !(severity === 'warning' && OF_MEMORY.has(rule)));
			if (doubted.length === 0) continue;
			wrong++;
			notes.push(`line ${line} succeeds, but: ${doubted.map((f) => f.message).join(' ')}`);
		} else if (error ? errors.includes(error) : findings.length > 0) predicted++;
		else if (findings.length > 0) {
			wrong++;
			notes.push(`line ${line} fails with ${error}, but: ${findings.map((f) => f.message).join(' ')}`);
		} else {
			const kind = `${call.code.entry?.name ?? call.code.text} ${error ?? ''}`;
			unpredicted.set(kind, [...(unpredicted.get(kind) ?? []), line]);
		}
	}
	for (const [kind, lines] of unpredicted) {
		const reason = BEYOND_ARGUMENTS[kind];
		if (!reason) wrong++;
		notes.push(
			`${reason ? 'beyond the arguments' : 'NOT PREDICTED'}: ${kind}, line ${lines.join(', ')}${reason ? `: ${reason}` : ''}`,
		);
	}
	const failing = assertions.filter((a) => a.fails).length;
	const left = [...unpredicted.values()].flat().length;
	return {
		report: [
			...notes,
			`Of ${calls.length} calls ${assertions.length} are asserted: ${assertions.length - failing} succeed and ${failing} fail; ${predicted} failures predicted with their error, ${left} beyond the arguments, ${wrong} wrong`,
		],
		whole: wrong === 0,
	};
}

/** An answer of the runner to one call, for tests of what is made of answers. */
import type { StepResult } from '../../native/src/plan.ts';

/** A call that has succeeded and written nothing. */
export const STEP: StepResult = {
	call: 'WSAIoctl',
	text: 'WSAIoctl(s, …)',
	status: 'ok',
	returned: 0,
	error: 0,
	errorName: null,
	bytesReturned: 0,
	output: null,
	argument: null,
	outputTouched: 0,
	inputChanged: false,
	addresses: { input: null, output: null },
	guards: { input: null, output: null },
	overlapped: null,
	nanoseconds: 12_345,
	endpoint: null,
	interfaces: null,
};

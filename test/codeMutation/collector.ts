/** Stands in for `vitest` in test files: collects their tests, so that each can run many times in one process. */
import { expect, vi } from 'vitest';

export { expect, vi };

type Body = (...args: readonly unknown[]) => unknown;

interface Hooks {
	readonly before: readonly Body[];
	readonly after: readonly Body[];
}

/** One test with what runs around it. */
export interface Case extends Hooks {
	readonly body: Body;
}

/** What the file that was imported last has. */
export const collected = {
	cases: [] as Case[],
	beforeAll: [] as Body[],
	afterAll: [] as Body[],
};
let around: { before: Body[]; after: Body[] } = { before: [], after: [] };
let finished: Body[] = [];

export function startFile(): void {
	Object.assign(collected, { cases: [], beforeAll: [], afterAll: [] });
	around = { before: [], after: [] };
}

/** Runs one test; throws what it throws. */
export async function run({ before, body, after }: Case): Promise<void> {
	finished = [];
	try {
		for (const hook of before) await hook();
		await body();
	} finally {
		for (const hook of [...after, ...finished]) await hook();
	}
}

type Declare = (name: unknown, ...rest: readonly unknown[]) => void;

/** With the forms that tables and conditions give it. */
function inAllForms(declare: (body: Body) => void) {
	const plain: Declare = (_, ...rest) => {
		const body = rest.find((value): value is Body => typeof value === 'function');
		if (body) declare(body);
	};
	const none: Declare = () => undefined;
	return Object.assign(plain, {
		each:
			(rows: readonly unknown[]): Declare =>
			(name, ...rest) => {
				const body = rest.find((value): value is Body => typeof value === 'function');
				for (const row of rows) plain(name, () => body?.(...(Array.isArray(row) ? row : [row])));
			},
		runIf: (condition: unknown) => (condition ? forms(declare) : Object.assign(none, { each: () => none })),
		skipIf: (condition: unknown) => (condition ? Object.assign(none, { each: () => none }) : forms(declare)),
	});
}
const forms: (declare: (body: Body) => void) => Declare = inAllForms;

export const test = inAllForms((body) => {
	collected.cases.push({ before: [...around.before], body, after: [...around.after] });
});
export const it = test;
export const describe = inAllForms((body) => {
	const outside = around;
	around = { before: [...outside.before], after: [...outside.after] };
	body();
	around = outside;
});
export const beforeAll = (hook: Body): void => void collected.beforeAll.push(hook);
export const afterAll = (hook: Body): void => void collected.afterAll.push(hook);
export const beforeEach = (hook: Body): void => void around.before.push(hook);
export const afterEach = (hook: Body): void => void around.after.push(hook);
export const onTestFinished = (hook: Body): void => void finished.push(hook);

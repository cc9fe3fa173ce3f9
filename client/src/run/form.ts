/** The questions of a run, asked one after the other. */
import {
	CancellationTokenSource,
	type Disposable,
	type InputBox,
	l10n,
	type QuickInputButton,
	QuickInputButtons,
	type QuickPick,
	type QuickPickItem,
	ThemeIcon,
	window,
} from 'vscode';
import type { RunQuestion } from '../../../server/src/lsp/protocol.ts';

export type Answers = Readonly<Record<string, string>>;

/** Judges all answers given so far; returns what is wrong with the one at `path`, or undefined. */
export type Judge = (
	answers: Answers,
	path: string,
	token: CancellationTokenSource['token'],
) => Promise<string | undefined>;

/** What one step of the form came to: an answer, a step back, the values in place for this and the rest, or the end. */
type Step = { readonly answer: string; readonly last?: true } | 'back' | 'rest' | 'closed';

/**
 * Asks the questions one after the other, each with the remembered answer or the server's default in place.
 * Resolves to undefined when the user leaves the form.
 */
export async function askAll(
	title: string,
	questions: readonly RunQuestion[],
	remembered: Answers,
	judge: Judge,
): Promise<Answers | undefined> {
	const answers: Record<string, string> = {};
	const inPlace = (question: RunQuestion) => answers[question.path] ?? remembered[question.path] ?? question.default;
	for (let at = 0; ; ) {
		const question = questions[at];
		if (!question) return answers;
		const value = inPlace(question);
		const place = { title, step: at + 1, totalSteps: questions.length };
		const check = (answer: string, token: CancellationTokenSource['token']) =>
			judge({ ...answers, [question.path]: answer }, question.path, token);
		const step = await ask(question, value, place, check);
		if (step === 'closed') return undefined;
		if (step === 'back') {
			at--;
			continue;
		}
		answers[question.path] = step === 'rest' ? value : step.answer;
		if (step === 'rest' || step.last) return Object.fromEntries(questions.map((each) => [each.path, inPlace(each)]));
		at++;
	}
}

interface Place {
	readonly title: string;
	readonly step: number;
	readonly totalSteps: number;
}

type Check = (answer: string, token: CancellationTokenSource['token']) => Promise<string | undefined>;

async function ask(question: RunQuestion, value: string, place: Place, check: Check): Promise<Step> {
	const names =
		question.kind === 'boolean'
			? ['TRUE', 'FALSE'].map((name) => ({ name, value: '', meaning: '' }))
			: (question.allowed ?? []);
	if (names.length === 0) return type(question, value, place, check);
	const picked = await pick(question, names, value, place);
	// A value without a name of its own can still be typed.
	return picked === 'other' ? type(question, value, place, check) : picked;
}

const describe = ({ label, type, meaning }: RunQuestion): string =>
	meaning === undefined ? `${label}: ${type}` : `${label}: ${type} · ${meaning}`;

/** The buttons and events that both kinds of input share. */
function settle(
	input: InputBox | QuickPick<QuickPickItem>,
	place: Place,
	accept: (done: (step: Step | 'other') => void) => void,
): Promise<Step | 'other'> {
	input.title = place.title;
	input.step = place.step;
	input.totalSteps = place.totalSteps;
	input.ignoreFocusOut = true;
	// For structures of many fields, and for a call that is run once more.
	const rest = { iconPath: new ThemeIcon('run-all'), tooltip: l10n.t('Run with All Values as They Are') };
	input.buttons = [...(place.step > 1 ? [QuickInputButtons.Back] : []), ...(place.totalSteps > 1 ? [rest] : [])];
	return new Promise((resolve) => {
		const listeners: Disposable[] = [];
		const done = (step: Step | 'other') => {
			resolve(step);
			for (const listener of listeners) listener.dispose();
			input.dispose();
		};
		listeners.push(
			input.onDidTriggerButton((button: QuickInputButton) => {
				done(button === QuickInputButtons.Back ? 'back' : 'rest');
			}),
			input.onDidHide(() => done('closed')),
		);
		accept(done);
		input.show();
	});
}

async function type(question: RunQuestion, value: string, place: Place, check: Check): Promise<Step> {
	const input = window.createInputBox();
	const { lowest, highest } = question;
	input.value = value;
	input.prompt =
		lowest !== undefined && highest !== undefined
			? l10n.t('{0} ({1} to {2})', describe(question), lowest, highest)
			: describe(question);
	let pending = new CancellationTokenSource();
	const validate = async (): Promise<boolean> => {
		pending.cancel();
		pending = new CancellationTokenSource();
		const own = pending.token;
		const answer = input.value.trim();
		let problem: string | undefined;
		try {
			problem = await check(answer, own);
		} catch (error) {
			// An older question that was overtaken by the next key also ends here.
			if (own.isCancellationRequested) return false;
			throw error;
		}
		if (own.isCancellationRequested) return false;
		// The message hides the prompt, which names the field.
		input.validationMessage = problem === undefined ? undefined : `${question.label}: ${problem}`;
		return problem === undefined;
	};
	const step = await settle(input, place, (done) => {
		const failed = (error: unknown) => {
			input.validationMessage = error instanceof Error ? error.message : String(error);
		};
		input.onDidChangeValue(() => void validate().catch(failed));
		input.onDidAccept(() => {
			const answer = input.value.trim();
			void validate().then((good) => {
				if (good) done({ answer });
			}, failed);
		});
	});
	pending.cancel();
	return step === 'rest' ? { answer: input.value.trim(), last: true } : (step as Step);
}

async function pick(
	question: RunQuestion,
	names: NonNullable<RunQuestion['allowed']>,
	value: string,
	place: Place,
): Promise<Step | 'other'> {
	const input = window.createQuickPick();
	const flags = question.kind === 'flags';
	const chosen = flags ? value.split('|').map((name) => name.trim()) : [value];
	const items: QuickPickItem[] = names.map(({ name, value, meaning }) => ({
		label: name,
		description: value,
		detail: meaning,
	}));
	const other: QuickPickItem = { label: l10n.t('Another value…') };
	input.placeholder = describe(question);
	input.canSelectMany = flags;
	input.items = question.kind === 'boolean' ? items : [...items, other];
	const current = items.filter(
		({ label, description }) => chosen.includes(label) || chosen.includes(description ?? ''),
	);
	if (flags) input.selectedItems = current;
	else input.activeItems = current;
	return settle(input, place, (done) => {
		input.onDidAccept(() => {
			const { selectedItems } = input;
			if (selectedItems.includes(other)) done('other');
			else if (flags) done({ answer: selectedItems.map(({ label }) => label).join(' | ') || '0' });
			else if (selectedItems[0]) done({ answer: selectedItems[0].label });
		});
	});
}

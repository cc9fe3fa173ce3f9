// What a screen reader is told, asked from the browser itself, and what the rules of axe-core find in our own pages.
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { hostDir } from './paths.mjs';
import { panel } from './workbench.mjs';

/** Resolved late: it is installed only where these tests run. */
const rules = () => readFile(createRequire(`${hostDir}/package.json`).resolve('axe-core/axe.min.js'), 'utf8');

/** The frame of the page that is on the screen. */
async function frameOf(page) {
	const body = await panel(page).locator('body').elementHandle();
	return body.ownerFrame();
}

/** What axe-core finds in the page in the panel: the rule, and the element that breaks it. */
export async function breaches(page) {
	const frame = await frameOf(page);
	await frame.evaluate(await rules());
	return frame.evaluate(async () => {
		const { violations, passes } = await /** @type {any} */ (window).axe.run(document);
		if (passes.length === 0) return ['no rule was applied'];
		return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`));
	});
}

const framesIn = ({ frame, childFrames = [] }) => [frame.id, ...childFrames.flatMap(framesIn)];

/** Role and name of everything that the browser tells of a document, in its order. */
async function told(page, isOurs) {
	const session = await page.context().newCDPSession(page);
	try {
		const { frameTree } = await session.send('Page.getFrameTree');
		for (const frameId of framesIn(frameTree)) {
			const { nodes } = await session.send('Accessibility.getFullAXTree', { frameId });
			if (!isOurs(nodes[0]?.name?.value)) continue;
			return nodes
				.filter(({ ignored }) => !ignored)
				.map(({ role, name }) => ({ role: role?.value ?? '', name: (name?.value ?? '').trim() }));
		}
		throw new Error('the browser tells of no such document');
	} finally {
		await session.detach();
	}
}

/** What is told of the page in the panel. */
export async function toldOfPanel(page) {
	const frame = await frameOf(page);
	const title = await frame.title();
	return told(page, (name) => name === title);
}

/** What is told of the workbench. */
export const toldOfWorkbench = (page) => told(page, () => true);

/** Names of what has one of these roles. */
export const namesOf = (nodes, ...roles) => nodes.filter(({ role }) => roles.includes(role)).map(({ name }) => name);

import { createRequire } from 'node:module';
import { chromium as chromiumPath, hostDir } from './paths.mjs';

const quiet = [
	...['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run'],
	...['--disable-background-networking', '--disable-component-update', '--disable-sync'],
];

/**
 * Starts Chromium on an empty profile. Requests that leave this machine are refused and recorded in `refused`.
 * The driver library is resolved late: it is installed only where these tests run.
 */
export async function startBrowser(profile) {
	const { chromium } = createRequire(`${hostDir}/package.json`)('playwright-core');
	const context = await chromium.launchPersistentContext(profile.browser, {
		executablePath: chromiumPath,
		headless: true,
		viewport: { width: 1600, height: 900 },
		args: quiet,
	});
	const refused = new Set();
	const isOurs = (url) =>
		['127.0.0.1', 'localhost'].includes(url.hostname) || ['data:', 'blob:'].includes(url.protocol);
	await context.route(
		(url) => !isOurs(url),
		(route) => {
			refused.add(new URL(route.request().url()).host);
			return route.abort();
		},
	);
	const page = context.pages()[0] ?? (await context.newPage());
	return { page, refused, close: () => context.close() };
}

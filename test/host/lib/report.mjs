/** Exit status of a leg that cannot run on this system. */
export const cannotRun = 77;

/** Counts checks and prints one `ok` or `not ok` line for each. */
export class Report {
	passed = 0;
	failed = 0;

	constructor(leg) {
		this.leg = leg;
	}

	ok(name) {
		this.passed++;
		console.log(`ok ${this.passed + this.failed} - ${this.leg}: ${name}`);
	}

	notOk(name, reason) {
		this.failed++;
		console.log(`not ok ${this.passed + this.failed} - ${this.leg}: ${name}`);
		for (const line of String(reason).split('\n')) console.log(`  # ${line}`);
	}

	/** Runs one check; a throw makes it a failure and the run goes on. Returns whether it passed. */
	async check(name, run) {
		try {
			await run();
			this.ok(name);
			return true;
		} catch (error) {
			this.notOk(name, error instanceof Error ? (error.stack ?? error.message) : error);
			return false;
		}
	}

	/** Prints the count and returns the exit status. A leg in which nothing was checked has failed. */
	finish() {
		console.log(`# ${this.leg}: ${this.passed} passed, ${this.failed} failed`);
		return this.failed > 0 || this.passed === 0 ? 1 : 0;
	}
}

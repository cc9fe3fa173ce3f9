/** The JavaScript runtime this process is, for people. */
export function runtimeName(): string {
	const node = `Node ${process.versions.node}`;
	const electron = process.versions.electron;
	return electron === undefined ? node : `Electron ${electron} (${node})`;
}

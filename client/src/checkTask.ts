/** The task `ioctl-lens`: the command line, in a terminal, with what it reports among the problems. */
import {
	type Disposable,
	type ExtensionContext,
	l10n,
	ProcessExecution,
	Task,
	type TaskDefinition,
	TaskRevealKind,
	TaskScope,
	tasks,
	Uri,
	type WorkspaceFolder,
	workspace,
} from 'vscode';

const type = 'ioctl-lens';
const matcher = '$ioctl-lens';

interface CheckDefinition extends TaskDefinition {
	/** Files and folders, from the workspace folder on. */
	readonly paths?: readonly string[];
	/** Options of `ioctl-lens check`. */
	readonly args?: readonly string[];
}

/** Offers one task for each folder, and fills in those of a `tasks.json`. */
export function registerCheckTask({ extensionUri }: ExtensionContext): Disposable {
	const program = Uri.joinPath(extensionUri, 'dist', 'cli.cjs').fsPath;
	const taskOf = (definition: CheckDefinition, scope: WorkspaceFolder | TaskScope.Workspace, name: string): Task => {
		const { paths = ['.'], args = [] } = definition;
		const folder = typeof scope === 'object' ? scope : workspace.workspaceFolders?.[0];
		// The editor's own Node: the user may have none.
		const execution = new ProcessExecution(process.execPath, [program, 'check', ...args, '--', ...paths], {
			...(folder ? { cwd: folder.uri.fsPath } : {}),
			env: { ELECTRON_RUN_AS_NODE: '1' },
		});
		const task = new Task(definition, scope, name, 'IOCTL Lens', execution, matcher);
		task.presentationOptions = { reveal: TaskRevealKind.Silent };
		return task;
	};
	return tasks.registerTaskProvider(type, {
		provideTasks: () =>
			(workspace.workspaceFolders ?? [])
				.filter(({ uri }) => uri.scheme === 'file')
				.map((folder) => taskOf({ type }, folder, l10n.t('check the folder'))),
		resolveTask({ definition, scope, name }) {
			const known = typeof scope === 'object' ? scope : TaskScope.Workspace;
			// The definition has to be the same object, or the editor takes it for another task.
			return taskOf(definition as CheckDefinition, known, name);
		},
	});
}

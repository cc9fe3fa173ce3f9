/** The scheme of the documents this extension writes; no file lies behind them, so VS Code keeps them read-only. */
export const scheme = 'ioctl-lens';

/** The scheme of documents that show what came of a run. */
export const runScheme = 'ioctl-lens-run';

/** The scheme of the documents this extension writes; no file lies behind them, so VS Code keeps them read-only. */
export const scheme = 'ioctl-lens';

/** The messages of the Language Server Protocol that features use, typed as the product's own are. */
import type {
	CodeAction,
	CodeActionParams,
	CodeLens,
	CodeLensParams,
	CompletionItem,
	CompletionList,
	CompletionParams,
	ConfigurationParams,
	DefinitionParams,
	DeleteFilesParams,
	DidChangeConfigurationParams,
	DidChangeTextDocumentParams,
	DidChangeWatchedFilesParams,
	DidChangeWorkspaceFoldersParams,
	DidCloseTextDocumentParams,
	DidOpenTextDocumentParams,
	DidSaveTextDocumentParams,
	DocumentDiagnosticParams,
	DocumentDiagnosticReport,
	DocumentHighlight,
	DocumentHighlightParams,
	DocumentLink,
	DocumentLinkParams,
	DocumentSymbol,
	DocumentSymbolParams,
	FileChangeType,
	Hover,
	HoverParams,
	InlayHint,
	InlayHintParams,
	Location,
	PublishDiagnosticsParams,
	ReferenceParams,
	RenameFilesParams,
	SemanticTokens,
	SemanticTokensParams,
	SignatureHelp,
	SignatureHelpParams,
	SymbolInformation,
	TextDocumentSyncKind,
	WorkspaceDiagnosticParams,
	WorkspaceDiagnosticReport,
	WorkspaceSymbolParams,
} from 'vscode-languageserver';
import { notification, request } from './message.ts';

export const CodeActionRequest = request<CodeActionParams, CodeAction[]>('textDocument/codeAction');
export const CodeLensRequest = request<CodeLensParams, CodeLens[]>('textDocument/codeLens');
export const CompletionRequest = request<CompletionParams, CompletionList | null>('textDocument/completion');
export const CompletionResolveRequest = request<CompletionItem, CompletionItem>('completionItem/resolve');
export const DefinitionRequest = request<DefinitionParams, Location[] | null>('textDocument/definition');
export const DiagnosticRequest = request<DocumentDiagnosticParams, DocumentDiagnosticReport>('textDocument/diagnostic');
export const DocumentHighlightRequest = request<DocumentHighlightParams, DocumentHighlight[] | null>(
	'textDocument/documentHighlight',
);
export const DocumentLinkRequest = request<DocumentLinkParams, DocumentLink[] | null>('textDocument/documentLink');
export const DocumentSymbolRequest = request<DocumentSymbolParams, DocumentSymbol[] | null>(
	'textDocument/documentSymbol',
);
export const HoverRequest = request<HoverParams, Hover | null>('textDocument/hover');
export const InlayHintRequest = request<InlayHintParams, InlayHint[] | null>('textDocument/inlayHint');
export const ReferencesRequest = request<ReferenceParams, Location[] | null>('textDocument/references');
export const SemanticTokensRequest = request<SemanticTokensParams, SemanticTokens | null>(
	'textDocument/semanticTokens/full',
);
export const WorkspaceDiagnosticRequest = request<WorkspaceDiagnosticParams, WorkspaceDiagnosticReport>(
	'workspace/diagnostic',
);
export const WorkspaceSymbolRequest = request<WorkspaceSymbolParams, SymbolInformation[] | null>('workspace/symbol');
export const SignatureHelpRequest = request<SignatureHelpParams, SignatureHelp | null>('textDocument/signatureHelp');

export const OpenNotification = notification<DidOpenTextDocumentParams>('textDocument/didOpen');
export const ChangeNotification = notification<DidChangeTextDocumentParams>('textDocument/didChange');
export const CloseNotification = notification<DidCloseTextDocumentParams>('textDocument/didClose');
export const SaveNotification = notification<DidSaveTextDocumentParams>('textDocument/didSave');

export const SettingsNotification = notification<DidChangeConfigurationParams>('workspace/didChangeConfiguration');
export const FilesNotification = notification<DidChangeWatchedFilesParams>('workspace/didChangeWatchedFiles');
export const FoldersNotification = notification<DidChangeWorkspaceFoldersParams>('workspace/didChangeWorkspaceFolders');
export const DeleteNotification = notification<DeleteFilesParams>('workspace/didDeleteFiles');
export const RenameNotification = notification<RenameFilesParams>('workspace/didRenameFiles');

// The server's own to the client.
export const SettingsRequest = request<ConfigurationParams, unknown>('workspace/configuration');
export const RefreshLensesRequest = request<undefined, null>('workspace/codeLens/refresh');
export const RefreshDiagnosticsRequest = request<undefined, null>('workspace/diagnostic/refresh');
export const RefreshInlayHintsRequest = request<undefined, null>('workspace/inlayHint/refresh');
export const RefreshSemanticTokensRequest = request<undefined, null>('workspace/semanticTokens/refresh');
export const ProgressNotification = notification<{ readonly token: string | number; readonly value: unknown }>(
	'$/progress',
);
export const DiagnosticsNotification = notification<PublishDiagnosticsParams>('textDocument/publishDiagnostics');

// Numbers of the protocol.
export const INCREMENTAL_SYNC: typeof TextDocumentSyncKind.Incremental = 2;
export const DELETED: typeof FileChangeType.Deleted = 3;

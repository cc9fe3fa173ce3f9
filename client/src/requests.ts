import type {
	ExplainCallParams,
	ExplainCallRequest,
	ExplainCallResult,
	ExplainParams,
	ExplainRequest,
	ExplainResult,
	ProbePlanParams,
	ProbePlanRequest,
	ProbePlanResult,
	ProbeResultParams,
	ProbeResultRequest,
	ProbeResultResult,
	ReferenceIndexRequest,
	ReferenceIndexResult,
	ReferenceParams,
	ReferenceRequest,
	ReferenceResult,
	RunPlanParams,
	RunPlanRequest,
	RunPlanResult,
	RunPlanWithParams,
	RunPlanWithRequest,
	RunResultParams,
	RunResultRequest,
	RunResultResult,
} from '../../server/src/lsp/protocol.ts';

/** The server's own requests by method: what each takes and what it answers. */
export interface Requests {
	[ExplainRequest]: { params: ExplainParams; result: ExplainResult };
	[ExplainCallRequest]: { params: ExplainCallParams; result: ExplainCallResult };
	[ReferenceRequest]: { params: ReferenceParams; result: ReferenceResult };
	[ReferenceIndexRequest]: { params: Record<string, never>; result: ReferenceIndexResult };
	[RunPlanRequest]: { params: RunPlanParams; result: RunPlanResult };
	[RunPlanWithRequest]: { params: RunPlanWithParams; result: RunPlanResult };
	[RunResultRequest]: { params: RunResultParams; result: RunResultResult };
	[ProbePlanRequest]: { params: ProbePlanParams; result: ProbePlanResult };
	[ProbeResultRequest]: { params: ProbeResultParams; result: ProbeResultResult };
}

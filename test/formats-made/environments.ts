/** Which packages of PyPI the programs need: the versions that the readers were checked with. */
const OTLP = ['opentelemetry-sdk==1.45.2', 'opentelemetry-exporter-otlp-proto-http==1.45.2'] as const;
const AGENTS = 'openai-agents==0.24.0';
/** What an older MLflow needs of an SDK that has since moved. */
const OLDER_OTLP = ['opentelemetry-sdk==1.30.0', 'opentelemetry-api==1.30.0', 'fastapi<0.120'] as const;

/** Small enough for every run. */
export const LIGHT = [
  ...OTLP,
  AGENTS,
  'openinference-instrumentation-openai-agents==2.6.0',
  'opentelemetry-instrumentation-openai-agents==0.62.4',
  'mlflow-skinny==3.17.2',
] as const;

export const HEAVY = {
  'mlflow-2': ['mlflow-skinny==2.22.1', ...OLDER_OTLP],
  'mlflow-3.1': ['mlflow-skinny==3.1.4', ...OLDER_OTLP],
  'mlflow-3.5': ['mlflow-skinny==3.5.0'],
  phoenix: ['arize-phoenix==20.26.1', ...OTLP],
  frameworks: [
    ...OTLP,
    AGENTS,
    'logfire==5.2.0',
    'pydantic-ai-slim==2.68.0',
    'langgraph==1.2.22',
    'openinference-instrumentation-langchain==0.1.80',
    'opentelemetry-instrumentation-langchain==0.62.4',
  ],
  adk: [...OTLP, 'google-adk==2.13.0'],
} as const;

/** Heavy ones take minutes and gigabytes, and so run only where they are asked for. */
export const WITH_HEAVY = process.env['TRACEBENCH_HEAVY_FORMATS'] === '1';

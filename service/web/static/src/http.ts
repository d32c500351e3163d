// Talking to the service: one CSRF header, one error shape, no library.

export interface ApiError {
  code: string;
  message: string;
  details?: Record<string, unknown>;
}

export class Refused extends Error {
  readonly status: number;
  readonly error: ApiError;

  constructor(status: number, error: ApiError) {
    super(error.message);
    this.status = status;
    this.error = error;
  }
}

export function csrfToken(): string {
  return document.querySelector<HTMLMetaElement>('meta[name="csrf-token"]')?.content ?? "";
}

// A Chromium before 81 refuses `keepalive` together with a header of our own; what came with 86 tells.
const OUTLIVES = "replaceChildren" in Element.prototype;

export async function post<T>(url: string, body: unknown): Promise<T> {
  let response: Response;
  try {
    response = await fetch(url, {
      method: "POST",
      credentials: "same-origin",
      keepalive: OUTLIVES, // a verdict given just before leaving the page still arrives
      headers: { "Content-Type": "application/json", "X-CSRF-Token": csrfToken() },
      body: JSON.stringify(body),
    });
  } catch {
    throw new Refused(0, { code: "offline", message: text("offline") });
  }
  if (!response.ok) throw new Refused(response.status, await errorOf(response));
  return (await response.json()) as T;
}

export async function fragment(url: string): Promise<string> {
  const response = await fetch(url, {
    credentials: "same-origin",
    headers: { "HX-Request": "true" },
  });
  if (!response.ok) throw new Refused(response.status, await errorOf(response));
  return response.text();
}

async function errorOf(response: Response): Promise<ApiError> {
  try {
    const body = (await response.json()) as { error?: ApiError };
    if (body.error) return body.error;
  } catch {
    // not JSON: a proxy in between; the status is all there is
  }
  return { code: "http", message: `${text("refused")} (${response.status})` };
}

// Sentences come with the page, in the reader's language: <script id="texts" type="application/json">.
let texts: Record<string, string> | undefined;

export function text(key: string): string {
  if (texts === undefined) {
    const element = document.getElementById("texts");
    texts = element ? (JSON.parse(element.textContent ?? "{}") as Record<string, string>) : {};
  }
  return texts[key] ?? key;
}

/** What is left of a long piece of work, for people: rounded, because it is an estimate. */
export function timeLeftText(seconds: number): string {
  if (seconds < 1.5) return 'about a second left';
  if (seconds < 55) return `about ${String(round(seconds))} seconds left`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 60) return minutes <= 1 ? 'about a minute left' : `about ${String(minutes)} minutes left`;
  const hours = Math.round(seconds / 3600);
  return hours === 1 ? 'about an hour left' : `about ${String(hours)} hours left`;
}

/** To fives above ten. */
function round(seconds: number): number {
  return seconds < 10 ? Math.round(seconds) : Math.round(seconds / 5) * 5;
}

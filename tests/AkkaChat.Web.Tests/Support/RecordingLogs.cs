using Microsoft.Extensions.Logging;

namespace AkkaChat.Web.Tests.Support;

/// <summary>What a server logs, as lines of category, level and text.</summary>
internal sealed class RecordingLogs : ILoggerProvider
{
    private readonly Recorder<string> _lines = new();

    /// <summary>The next line with these words; those before it are passed over.</summary>
    public async Task<string> NextWithAsync(string words)
    {
        while (true)
        {
            var line = await _lines.NextAsync();
            if (line.Contains(words, StringComparison.Ordinal))
            {
                return line;
            }
        }
    }

    /// <summary>All lines that have not been taken yet.</summary>
    public IReadOnlyList<string> TakeAll() => _lines.TakeAll();

    public ILogger CreateLogger(string categoryName) => new Category(categoryName, _lines);

    public void Dispose()
    {
    }

    private sealed class Category(string name, Recorder<string> lines) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            lines.Add($"{name} {logLevel}: {formatter(state, exception)}{(exception is null ? "" : " <- " + exception.Message)}");
    }
}

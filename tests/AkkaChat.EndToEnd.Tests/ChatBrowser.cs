using Microsoft.Playwright;

namespace AkkaChat.EndToEnd.Tests;

/// <summary>One Chromium for a class of tests: the one that CHROME names, else the one on the PATH.</summary>
internal sealed class ChatBrowser : IAsyncLifetime
{
    private static readonly string[] Names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

    private IPlaywright _playwright = null!;
    private IBrowser _browser = null!;

    /// <inheritdoc/>
    public async Task InitializeAsync()
    {
        Assertions.SetDefaultExpectTimeout(15_000);
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = Find(),
            Args = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"],
        });
    }

    /// <inheritdoc/>
    public async Task DisposeAsync()
    {
        await _browser.CloseAsync();
        _playwright.Dispose();
    }

    /// <summary>A window of somebody who has nothing to do with the others: own storage, own cookies.</summary>
    public async Task<ChatWindow> OpenAsync(string url, BrowserNewContextOptions? options = null)
    {
        var context = await _browser.NewContextAsync(options ?? new BrowserNewContextOptions { Locale = "en-GB" });
        var window = new ChatWindow(await context.NewPageAsync());
        await window.Page.GotoAsync(url);
        return window;
    }

    /// <summary>Closes all windows.</summary>
    public async Task CloseWindowsAsync()
    {
        foreach (var context in _browser.Contexts.ToList())
        {
            await context.CloseAsync();
        }
    }

    private static string Find()
    {
        if (Environment.GetEnvironmentVariable("CHROME") is { Length: > 0 } named)
        {
            return named;
        }

        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator);
        return Names.SelectMany(name => folders.Select(folder => Path.Combine(folder, name))).FirstOrDefault(File.Exists)
            ?? throw new InvalidOperationException(
                "These tests drive Chromium, and there is none on the PATH. Install it (on Debian: apt-get install -y "
                + "chromium), or name its program in the environment variable CHROME.");
    }
}

using System.Globalization;
using System.Net.Http.Json;
using Microsoft.Playwright;

namespace AkkaChat.EndToEnd.Tests;

/// <summary>
/// One Chromium and one server with its data, for all tests of the page, which run one after the other. The first account, the
/// administrator's, is there.
/// </summary>
public sealed class ChatSite : IAsyncLifetime
{
    /// <summary>The collection of tests that share it.</summary>
    public const string Name = "chat page";

    public const string Password = "correct horse battery";
    public const string Administrator = "Root";

    private readonly ChatBrowser _browser = new();
    private ChatHost _host = null!;
    private int _people;

    /// <summary>Where the server is.</summary>
    public string Url => _host.Url;

    internal ChatHost Host => _host;

    /// <inheritdoc/>
    public async Task InitializeAsync()
    {
        await _browser.InitializeAsync();
        _host = await ChatHost.StartNewAsync();
        using var http = new HttpClient { BaseAddress = new Uri(Url) };
        http.DefaultRequestHeaders.Add("X-AkkaChat", "1");
        var answer = await http.PostAsJsonAsync("api/register", new { name = Administrator, password = Password });
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
    }

    /// <inheritdoc/>
    public async Task DisposeAsync()
    {
        await _host.DisposeAsync();
        await _browser.DisposeAsync();
    }

    /// <summary>Closes all windows that a test has opened.</summary>
    internal Task CloseWindowsAsync() => _browser.CloseWindowsAsync();

    /// <summary>A name that nobody on this server has, and that no other one begins with.</summary>
    public string Unique(string name) => string.Create(CultureInfo.InvariantCulture, $"{name} {Interlocked.Increment(ref _people):D3}");

    /// <summary>A browser in which nobody is logged in, at the page.</summary>
    internal Task<ChatWindow> OpenAsync(BrowserNewContextOptions? options = null, string? url = null) => _browser.OpenAsync(url ?? Url, options);

    /// <summary>Somebody with a new account of their own, in the lobby.</summary>
    internal Task<ChatWindow> ComeInAsync(string name, BrowserNewContextOptions? options = null, string? url = null) =>
        EnterAsync("register", Unique(name), options, url);

    /// <summary>Somebody who has an account, in another browser.</summary>
    internal Task<ChatWindow> LogInAsync(string name, BrowserNewContextOptions? options = null) => EnterAsync("login", name, options, null);

    /// <summary>Somebody with a new account on a small screen, which shows the list of rooms first.</summary>
    internal Task<ChatWindow> PhoneAsync(string name, BrowserNewContextOptions options) =>
        EnterAsync("register", Unique(name), options, null, isNarrow: true);

    /// <summary>Says "line 1." to "line N." in the room that the window shows, faster than anybody types.</summary>
    internal static async Task FillAsync(ChatWindow window, int count)
    {
        var room = window.Page.Url[(window.Page.Url.LastIndexOf('/') + 1)..];
        await window.Page.EvaluateAsync(
            """
            async ({ room, count }) => {
              await new Promise((done, failed) => {
                const script = Object.assign(document.createElement('script'), { onload: done, onerror: failed });
                script.src = '/socket.io/socket.io.js';
                document.head.append(script);
              });
              const socket = window.io();
              const lines = Array.from({ length: count }, (_, i) => `line ${i + 1}.`);
              await Promise.all(lines.map((text) => socket.emitWithAck('say', { room, text, key: text })));
              socket.disconnect();
            }
            """,
            new { room, count });
    }

    private async Task<ChatWindow> EnterAsync(string how, string name, BrowserNewContextOptions? options, string? url, bool isNarrow = false)
    {
        var window = await _browser.OpenAsync("about:blank", options);
        window.Name = name;
        url ??= Url;
        var answer = await window.Page.Context.APIRequest.PostAsync(url + "api/" + how, new APIRequestContextOptions
        {
            Headers = [new("X-AkkaChat", "1")],
            DataObject = new { name, password = Password },
        });
        Assert.True(answer.Ok, await answer.TextAsync());
        await window.Page.GotoAsync(url);
        if (!isNarrow)
        {
            await window.IsInAsync("lobby");
        }

        return window;
    }
}

/// <summary>See <see cref="ChatSite"/>.</summary>
[CollectionDefinition(ChatSite.Name)]
public sealed class ChatSiteTests : ICollectionFixture<ChatSite>;

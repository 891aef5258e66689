using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace AkkaChat.EndToEnd.Tests;

/// <summary>What <c>./akkachat run --demo</c> shows to newcomers.</summary>
[Collection(ChatSite.Name)]
public sealed class DemoTests(DemoTests.EmptySite site) : IClassFixture<DemoTests.EmptySite>
{
    [Fact]
    public async Task A_newcomer_finds_conversations_that_go_on_once_each_and_bots_that_answer_until_the_demo_ends()
    {
        var (code, output) = await DemoProgram.RunAsync("--url", site.Url, "--seed-only");
        Assert.True(code == 0, output);
        await using var demo = await DemoProgram.StartAsync("--url", site.Url, "--pace", "50", "--seed", "7");
        var window = await LogInAsync();

        foreach (var room in new[] { "lobby", "random", "releases", "shipyard", "sketches", "surprise", "Ana Reyes", "Ben Okafor" })
        {
            await Expect(window.RoomInList(room)).ToHaveCountAsync(1);
        }

        await SeesAnswersAsync(window);
        await window.GoToAsync("sketches");
        await Expect(window.Stored("The curve for the start screen, with more depth in the water. Too dramatic?").GetByRole(AriaRole.Img).First)
            .ToBeVisibleAsync();
        await window.GoToAsync("shipyard");
        await window.SeesAsync("Message deleted.");
        await Expect(window.Log).ToContainTextAsync(new Regex("station HB-07|about time zones|Only names, since March|212 MB|draws_once"));
        Assert.Empty(window.Complaints);
        Assert.Equal(0, await demo.InterruptAsync());
    }

    [Fact]
    public async Task A_server_on_another_machine_is_refused()
    {
        var (code, output) = await DemoProgram.RunAsync("--url", "http://chat.example.com");

        Assert.Equal(1, code);
        Assert.Contains("not on this machine", output, StringComparison.Ordinal);
    }

    private static async Task SeesAnswersAsync(ChatWindow window)
    {
        await window.SeesAsync("It talks back.");
        await window.SayForGoodAsync("Can I drop a file here, @Mateo Silva?");
        var answer = window.Log.GetByRole(AriaRole.Listitem).Filter(new LocatorFilterOptions { HasText = "Drop a file onto the window" });
        await Expect(answer).ToContainTextAsync("Mateo Silva");
        await Expect(answer).ToContainTextAsync("Can I drop a file here");
        await window.RoomInList("Ben Okafor").ClickAsync();
        await window.SayForGoodAsync("Are you a bot?");
        await Expect(window.Log).ToContainTextAsync("A bot with a script");
    }

    private async Task<ChatWindow> LogInAsync()
    {
        var window = await site.Browser.OpenAsync(site.Url);
        await window.Page.GetByLabel("Name", new PageGetByLabelOptions { Exact = true }).FillAsync("Demo");
        await window.Page.GetByLabel("Password", new PageGetByLabelOptions { Exact = true }).FillAsync("demo demo demo");
        await window.Button("Log in").ClickAsync();
        await window.IsInAsync("lobby");
        return window;
    }

    /// <summary>One Chromium, and a server on which nobody has an account yet.</summary>
    public sealed class EmptySite : IAsyncLifetime
    {
        private ChatHost _host = null!;

        /// <summary>Where the server is.</summary>
        public string Url => _host.Url;

        internal ChatBrowser Browser { get; } = new();

        /// <inheritdoc/>
        public async Task InitializeAsync()
        {
            await Browser.InitializeAsync();
            _host = await ChatHost.StartNewAsync();
        }

        /// <inheritdoc/>
        public async Task DisposeAsync()
        {
            await _host.DisposeAsync();
            await Browser.DisposeAsync();
        }
    }
}

using System.Collections.Concurrent;
using Microsoft.Playwright;

namespace AkkaChat.EndToEnd.Tests;

/// <summary>The chat page in one browser window, found by what a person (or a screen reader) finds in it.</summary>
internal sealed class ChatWindow
{
    private readonly ConcurrentQueue<string> _complaints = new();

    public ChatWindow(IPage page)
    {
        Page = page;
        page.PageError += (_, error) => _complaints.Enqueue(error);
        page.Console += (_, line) =>
        {
            // A server that is away is what some tests are about.
            if (line.Type == "error" && !line.Text.Contains("net::ERR_", StringComparison.Ordinal)
                && !line.Text.Contains("WebSocket", StringComparison.Ordinal))
            {
                _complaints.Enqueue(line.Text);
            }
        };
    }

    public IPage Page { get; }

    /// <summary>What the page's own code, or its content security policy, complained about.</summary>
    public IReadOnlyCollection<string> Complaints => _complaints;

    public ILocator NameField => Page.GetByLabel("Your name");

    public ILocator Heading => Page.GetByRole(AriaRole.Heading, new PageGetByRoleOptions { Level = 1 });

    public ILocator Input => Page.Locator("#text");

    public ILocator Log => Page.GetByRole(AriaRole.Log);

    public ILocator People => Page.GetByRole(AriaRole.Complementary).GetByRole(AriaRole.Listitem);

    public ILocator Banner => Page.Locator("#banner");

    public async Task EnterAsync(string name)
    {
        await NameField.FillAsync(name);
        await ButtonNamed("Start chatting").ClickAsync();
        await Assertions.Expect(Heading).ToHaveTextAsync("#lobby");
        await Assertions.Expect(Input).ToBeVisibleAsync();

        // Only who is in the room can say something there.
        await Assertions.Expect(Page.GetByText("You came in at")).ToBeVisibleAsync();
    }

    public ILocator ButtonNamed(string name) => Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = name, Exact = true });

    /// <summary>A room in the list at the side; its button also says how many are there, or what is unread.</summary>
    public ILocator RoomInList(string name) => Page.GetByRole(AriaRole.Navigation)
        .GetByRole(AriaRole.Button).Filter(new LocatorFilterOptions { Has = Page.GetByText(name, new PageGetByTextOptions { Exact = true }) });

    public async Task GoToAsync(string room)
    {
        await RoomInList(room).ClickAsync();
        await Assertions.Expect(Heading).ToHaveTextAsync($"#{room}");
    }

    public async Task SayAsync(string text)
    {
        await Input.FillAsync(text);
        await Input.PressAsync("Enter");
    }

    public Task SeesAsync(string text) => Assertions.Expect(Log.GetByText(text, new LocatorGetByTextOptions { Exact = true })).ToBeVisibleAsync();

    /// <summary>Sees it, if need be after a heartbeat has found out: by ping-interval and ping-timeout.</summary>
    public Task SeesInTheEndAsync(string text) => Assertions.Expect(Log.GetByText(text, new LocatorGetByTextOptions { Exact = true }))
        .ToBeVisibleAsync(new LocatorAssertionsToBeVisibleOptions { Timeout = 60_000 });

    /// <summary>Who is in the room, as the server says now; what was known before a loss of connection does not count.</summary>
    public async Task SeesPeopleAsync(params string[] names)
    {
        await Assertions.Expect(Page.Locator("#people-title")).ToHaveTextAsync($"In this room: {names.Length}");
        await Assertions.Expect(People.Locator("bdi")).ToHaveTextAsync(names);
    }

    public async Task<bool> FitsAsync() =>
        await Page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= document.documentElement.clientWidth");
}

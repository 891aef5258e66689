using System.Collections.Concurrent;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

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
            // A server that is away, or refuses, is what some tests are about.
            if (line.Type == "error" && !line.Text.Contains("net::ERR_", StringComparison.Ordinal)
                && !line.Text.Contains("WebSocket", StringComparison.Ordinal)
                && !line.Text.Contains("Failed to load resource", StringComparison.Ordinal))
            {
                _complaints.Enqueue(line.Text);
            }
        };
    }

    public IPage Page { get; }

    /// <summary>Who is logged in here.</summary>
    public string Name { get; set; } = "";

    /// <summary>What the page's own code, or its content security policy, complained about.</summary>
    public IReadOnlyCollection<string> Complaints => _complaints;

    /// <summary>The heading of a room, or of a page, by what it is called.</summary>
    public ILocator Heading(string name) => Page.GetByRole(AriaRole.Heading, new PageGetByRoleOptions { Level = 1, Name = name, Exact = true });

    public ILocator Input => Page.Locator("#text");

    public ILocator Log => Page.GetByRole(AriaRole.Log);

    public ILocator Banner => Page.GetByRole(AriaRole.Status, new PageGetByRoleOptions { Name = "Connection" });

    public ILocator Dialog => Page.GetByRole(AriaRole.Dialog);

    public ILocator Button(string name) => Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = name, Exact = true });

    public ILocator MenuItem(string name) => Page.GetByRole(AriaRole.Menuitem, new PageGetByRoleOptions { Name = name, Exact = true });

    /// <summary>A room in the list at the side; its link also says what is unread.</summary>
    public ILocator RoomInList(string name) => Page.GetByRole(AriaRole.Navigation)
        .GetByRole(AriaRole.Link).Filter(new LocatorFilterOptions { Has = Page.GetByText(name, new PageGetByTextOptions { Exact = true }) });

    /// <summary>The message that has that in its text, once the server has it.</summary>
    public ILocator Stored(string text) => Log.Locator("li.message[data-id]")
        .Filter(new LocatorFilterOptions { Has = Page.Locator(".message-text").GetByText(text) }).Last;

    /// <summary>The room is there, and the page in it: what is said now arrives.</summary>
    public async Task IsInAsync(string room)
    {
        await Expect(Heading(room)).ToBeVisibleAsync();
        await Expect(Input).ToBeVisibleAsync();
        await Expect(Input).ToBeEnabledAsync();
    }

    public async Task GoToAsync(string room)
    {
        await RoomInList(room).ClickAsync();
        await IsInAsync(room);
    }

    public async Task SayAsync(string text)
    {
        await Input.FillAsync(text);
        await Input.PressAsync("Enter");
    }

    /// <summary>Says something, and it is stored.</summary>
    public async Task SayForGoodAsync(string text)
    {
        await SayAsync(text);
        await SeesAsync(text);
    }

    public Task SeesAsync(string text) => Expect(Stored(text)).ToBeVisibleAsync();

    public async Task CreateRoomAsync(string name, bool isPrivate = false)
    {
        await Button("New room").First.ClickAsync();
        await Dialog.GetByLabel("Name", new LocatorGetByLabelOptions { Exact = true }).FillAsync(name);
        if (isPrivate)
        {
            await Dialog.GetByRole(AriaRole.Radio, new LocatorGetByRoleOptions { NameString = "Private" }).CheckAsync();
        }

        await Dialog.GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { NameString = "Create room" }).ClickAsync();
        await IsInAsync(name);
    }

    /// <summary>Becomes a member of a public room.</summary>
    public async Task JoinAsync(string room)
    {
        await Button("Browse rooms").ClickAsync();
        await Dialog.GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { NameString = $"Join {room}" }).ClickAsync();
        await IsInAsync(room);
    }

    /// <summary>Chooses from the menu of the room.</summary>
    public async Task ChooseForRoomAsync(string action)
    {
        await Button("Room menu").ClickAsync();
        await MenuItem(action).ClickAsync();
    }

    /// <summary>Uses one of the buttons that stand at a message.</summary>
    public async Task ToolAsync(string text, string tool)
    {
        await SeesAsync(text);
        await Stored(text).HoverAsync();
        await Stored(text).GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { NameString = tool, Exact = true }).ClickAsync();
    }

    /// <summary>Chooses from the menu of a message.</summary>
    public async Task DoWithAsync(string text, string action)
    {
        await ToolAsync(text, "More actions");
        await MenuItem(action).ClickAsync();
    }

    public async Task<bool> FitsAsync() =>
        await Page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= document.documentElement.clientWidth");
}

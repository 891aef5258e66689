using System.Text.Json;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace AkkaChat.EndToEnd.Tests;

/// <summary>The page is for everybody: by keyboard, on a phone, with a screen reader.</summary>
[Collection(ChatSite.Name)]
public sealed class PageQualityTests(ChatSite site) : IAsyncLifetime
{
    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => site.CloseWindowsAsync();

    [Theory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task Axe_finds_nothing_wrong_with_the_page(ColorScheme theme)
    {
        var options = new BrowserNewContextOptions { ColorScheme = theme, BypassCSP = true, ReducedMotion = ReducedMotion.Reduce };
        var stranger = await site.OpenAsync(options);
        await Expect(stranger.Button("Log in")).ToBeVisibleAsync();
        await HasNoViolationsAsync(stranger);

        var ana = await site.ComeInAsync("Ana", options);
        await ana.SayAsync($"Some `code`, a https://example.com/link and **emphasis in {theme}**");
        await ana.ToolAsync($"emphasis in {theme}", "More actions");
        await Expect(ana.MenuItem("Copy text")).ToBeVisibleAsync();
        await HasNoViolationsAsync(ana);
        await ana.Page.Keyboard.PressAsync("Escape");
        await ana.Button("New room").First.ClickAsync();
        await HasNoViolationsAsync(ana);

        var root = await site.LogInAsync(ChatSite.Administrator, options);
        await root.Page.GotoAsync(site.Url + "#/admin/people");
        await Expect(root.Page.GetByRole(AriaRole.Table)).ToBeVisibleAsync();
        await HasNoViolationsAsync(root);
    }

    [Fact]
    public async Task On_a_phone_nothing_is_wider_than_the_screen()
    {
        var phone = new BrowserNewContextOptions
        {
            ViewportSize = new ViewportSize { Width = 360, Height = 640 },
            IsMobile = true,
            HasTouch = true,
        };
        var stranger = await site.OpenAsync(phone);
        await Expect(stranger.Button("Log in")).ToBeVisibleAsync();
        Assert.True(await stranger.FitsAsync());

        var ana = await site.PhoneAsync("Ana", phone);
        Assert.True(await ana.FitsAsync());
        await ana.RoomInList("lobby").TapAsync();
        await ana.IsInAsync("lobby");
        await ana.Input.FillAsync(new string('m', 300) + " https://example.com/" + new string('x', 200));
        await ana.Button("Send").TapAsync();
        await ana.SeesAsync("https://example.com/");
        Assert.True(await ana.FitsAsync());

        await ana.Page.GetByRole(AriaRole.Button).Filter(new LocatorFilterOptions { HasText = "member" }).First.TapAsync();
        await Expect(ana.Page.GetByRole(AriaRole.Heading, new PageGetByRoleOptions { Name = "People", Exact = true })).ToBeVisibleAsync();
        Assert.True(await ana.FitsAsync());
        Assert.Empty(ana.Complaints);
    }

    [Fact]
    public async Task Everything_that_is_needed_to_talk_can_be_done_by_keyboard_alone()
    {
        var ben = await site.ComeInAsync("Ben");
        var ana = await site.ComeInAsync("Ana");
        var keys = ana.Page.Keyboard;
        await Expect(ana.Input).ToBeFocusedAsync();
        await keys.TypeAsync("One line");
        await keys.PressAsync("Shift+Enter");
        await keys.TypeAsync("and another");
        await keys.PressAsync("Enter");
        await ben.SeesAsync("and another");
        await Expect(ben.Stored("and another")).ToContainTextAsync("One line\nand another", new LocatorAssertionsToContainTextOptions { UseInnerText = true });

        // What is edited must be stored, and the others may have it before the sender's ack.
        await ana.SeesAsync("and another");
        await keys.PressAsync("ArrowUp");
        await Expect(ana.Page.GetByRole(AriaRole.Textbox, new PageGetByRoleOptions { Name = "Edit message" })).ToBeFocusedAsync();
        await keys.PressAsync("End");
        await keys.TypeAsync("!");
        await keys.PressAsync("Enter");
        await ben.SeesAsync("and another!");

        await TabToAsync(ana, ana.Button("New room").First);
        await keys.PressAsync("Enter");
        var room = site.Unique("keys");
        await keys.TypeAsync(room);
        await keys.PressAsync("Enter");
        await ana.IsInAsync(room);
        await keys.PressAsync("Control+k");
        await keys.TypeAsync("lobby");
        await keys.PressAsync("Enter");
        await ana.IsInAsync("lobby");
    }

    [Fact]
    public async Task A_long_history_is_paged_while_scrolling_and_the_page_stays_small()
    {
        var ana = await site.ComeInAsync("Ana", new BrowserNewContextOptions { BypassCSP = true });
        await ana.CreateRoomAsync(site.Unique("long"));
        await ChatSite.FillAsync(ana, 400);
        await ana.Page.ReloadAsync();
        await ana.SeesAsync("line 400");

        var scroller = ana.Log;
        for (var i = 0; i < 60 && !await ana.Stored("line 1.").IsVisibleAsync(); i++)
        {
            await scroller.HoverAsync();
            await ana.Page.Mouse.WheelAsync(0, -3000);
            await ana.Page.EvaluateAsync("new Promise(requestAnimationFrame)");
        }

        await ana.SeesAsync("line 1.");
        Assert.InRange(await ana.Log.Locator("li.message").CountAsync(), 1, 250);
        await ana.Page.GetByRole(AriaRole.Button).Filter(new LocatorFilterOptions { HasText = "Jump to latest" }).ClickAsync();
        await ana.SeesAsync("line 400");
    }

    [Fact]
    public async Task A_tap_beside_a_sheet_closes_it_and_does_nothing_to_what_lies_below()
    {
        var ana = await site.PhoneAsync("Ana", new BrowserNewContextOptions
        {
            ViewportSize = new ViewportSize { Width = 390, Height = 844 },
            IsMobile = true,
            HasTouch = true,
        });
        await ana.RoomInList("lobby").TapAsync();
        await ana.IsInAsync("lobby");
        await ana.Input.FillAsync(string.Concat(Enumerable.Repeat("below ", 300)));
        await ana.Button("Send").TapAsync();
        await ana.SeesAsync("below below");
        await ana.Button("Room menu").TapAsync();
        await Expect(ana.MenuItem("Leave room")).ToBeVisibleAsync();
        await ana.Page.Touchscreen.TapAsync(200, 250);
        await Expect(ana.Page.GetByRole(AriaRole.Menu)).ToHaveCountAsync(0);

        await ana.Page.Touchscreen.TapAsync(200, 250);
        await Expect(ana.MenuItem("Copy text")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task An_emoji_that_was_chosen_by_keyboard_gives_the_focus_back_to_its_button()
    {
        var ana = await site.ComeInAsync("Ana");
        var text = site.Unique("a reaction");
        await ana.SayForGoodAsync(text);
        await ana.ToolAsync(text, "Add reaction");
        await ana.Page.Keyboard.PressAsync("ArrowRight");
        await ana.Page.Keyboard.PressAsync("Enter");
        await Expect(ana.Stored(text).Locator(".reaction")).ToHaveTextAsync("❤️1");
        await Expect(ana.Stored(text).GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { NameString = "Add reaction", Exact = true })).ToBeFocusedAsync();
    }

    [Theory]
    [InlineData("{ isComposing: true }")]
    [InlineData("{ keyCode: 229 }")]
    public async Task Enter_that_chooses_a_word_of_an_input_method_sends_nothing(string asTheBrowserSaysIt)
    {
        var ana = await site.ComeInAsync("Ana");
        var text = site.Unique("にほん");
        await ana.Input.FillAsync(text);
        await ana.Input.EvaluateAsync($"input => input.dispatchEvent(new KeyboardEvent('keydown', {{ key: 'Enter', bubbles: true, cancelable: true, ...{asTheBrowserSaysIt} }}))");
        await Expect(ana.Input).ToHaveValueAsync(text);
        await ana.Input.PressAsync("Enter");
        await ana.SeesAsync(text);
    }

    private static async Task HasNoViolationsAsync(ChatWindow window)
    {
        await window.Page.AddScriptTagAsync(new PageAddScriptTagOptions { Path = AxeFile() });
        var found = await window.Page.EvaluateAsync<JsonElement>("axe.run()");
        var violations = found.GetProperty("violations").EnumerateArray().Select(violation =>
            $"{violation.GetProperty("id").GetString()}: {violation.GetProperty("nodes")[0].GetProperty("html").GetString()}");
        Assert.Empty(violations);
    }

    /// <summary>Among the packages that the page is built with.</summary>
    private static string AxeFile()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "AkkaChat.sln")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("These tests run inside the repository.");
        }

        return Path.Combine(folder.FullName, "src", "AkkaChat.Host", "ui", "node_modules", "axe-core", "axe.min.js");
    }

    private static async Task TabToAsync(ChatWindow window, ILocator target)
    {
        for (var i = 0; i < 60 && !await target.EvaluateAsync<bool>("element => element === document.activeElement"); i++)
        {
            await window.Page.Keyboard.PressAsync("Tab");
        }

        await Expect(target).ToBeFocusedAsync();
        Assert.NotEqual("none", await target.EvaluateAsync<string>("element => getComputedStyle(element).outlineStyle"));
    }
}
